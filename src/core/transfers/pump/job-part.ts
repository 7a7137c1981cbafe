import { errorCode } from '../../failure.ts'
import type { Folders } from './folders.ts'
import type { Makings } from './makings.ts'
import type { FetchJob, Held } from './messages.ts'
import { openPartFile, type PartFile } from './part-file.ts'

type OnSynced = (bytes: number) => void

/** Opens what an earlier attempt left; null where it is gone. */
export function reopenPart(path: string, held: Held, onSynced: OnSynced): PartFile | null {
  try {
    return openPartFile(path, held.bytes, onSynced)
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

/** Makes the part file of a job, and writes that down before anything is put in it. */
export function makePart(
  job: FetchJob,
  path: string,
  tools: { readonly folders: Folders; readonly makings: Makings },
  onSynced: OnSynced,
): PartFile {
  const made = newPart(job, path, tools.folders, onSynced)
  if (job.making) tools.makings.write(job.making, made.inode())
  return made
}

function newPart({ folder, names }: FetchJob, path: string, folders: Folders, onSynced: OnSynced): PartFile {
  try {
    return openPartFile(path, 0, onSynced)
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOENT') throw thrown
    // Someone removed a folder that was there a moment ago.
    folders.forget()
    folders.ensure(folder, names)
    return openPartFile(path, 0, onSynced)
  }
}
