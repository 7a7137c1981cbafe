import { rmSync } from 'node:fs'
import path from 'node:path'
import { errorCode } from '../../failure.ts'
import type { BatchJournal } from '../journal/batch-journal.ts'
import { partNameOf } from '../queue/item.ts'
import { createZipFile, type ZipFile } from './zip-file.ts'

const mostCopies = 1_000

/** The ZIP file that is being written, under a name that was free. */
export type ArchivePart = {
  readonly path: string
  readonly zip: ZipFile
  /** Removes it, once nothing writes to it any more. */
  readonly drop: () => void
}

/** Makes the part file of an archive, which the journal names before. Throws what `fs` throws. */
export async function makeArchivePart(target: string, journal: BatchJournal): Promise<ArchivePart> {
  const { dir, base } = path.parse(target)
  for (let partCopy = 1; ; partCopy += 1) {
    const part = path.join(dir, partNameOf(base, partCopy))
    journal.onBegun({ index: 0, partCopy })
    // The journal writes at the end of this turn.
    await Promise.resolve()
    try {
      const zip = await createZipFile(part)
      journal.onMade({ index: 0, partCopy })
      return { path: part, zip, drop: () => drop(part, journal) }
    } catch (thrown) {
      if (errorCode(thrown) !== 'EEXIST' || partCopy > mostCopies) throw thrown
    }
  }
}

function drop(part: string, journal: BatchJournal): void {
  rmSync(part, { force: true })
  journal.onDropped(0)
}
