import { lstat } from 'node:fs/promises'
import path from 'node:path'
import type { SourceFile } from '../core/transfers/file-source.ts'
import { safeName } from '../core/transfers/target-path.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { LocalCopy, Transfer } from '../shared/models/transfer.ts'

/** Batches and files that are looked through, the newest first: a copy made again costs less than a long search. */
const maximumBatches = 20
const maximumFiles = 1_000

type Queue = Pick<Transfers, 'list' | 'files' | 'placeOf'>
type Download = { readonly place: string; readonly transfer: Transfer }

/** Where a download of the same version of a file lies, unless it was changed or moved since; null when nowhere. */
export async function findFinishedCopy(transfers: Queue, execution: ExecutionKey, file: SourceFile) {
  for (const { place } of downloadsOf(transfers, execution, file)) if (await isSameVersion(place, file)) return place
  return null
}

/**
 * The copy of a file that was downloaded, and whether it is still the same; one that is goes before newer ones that are
 * not. After a start of the app the queue may know of none: then one that lies in the folder for downloads, with the
 * file's own name, size and time, is it.
 */
export async function findLocalCopy(
  transfers: Queue,
  execution: ExecutionKey,
  file: SourceFile,
  downloadFolder: string,
): Promise<LocalCopy | null> {
  const same = await findFinishedCopy(transfers, execution, file)
  if (same) return { place: same, state: 'same' }
  const [newest] = downloadsOf(transfers, execution, file)
  if (newest) return { place: newest.place, state: await differenceOf(newest, file) }
  const usual = path.join(downloadFolder, safeName(file.segments.at(-1) ?? ''))
  return (await isSameVersion(usual, file)) ? { place: usual, state: 'same' } : null
}

/** The downloads of a file, whatever its version, that came to their end. */
function downloadsOf(transfers: Queue, { executionId, source }: ExecutionKey, file: SourceFile): readonly Download[] {
  const batches = transfers
    .list()
    .filter((batch) => batch.kind !== 'archive' && batch.executionId === executionId && batch.source === source)
    .toSorted((a, b) => b.startedAt - a.startedAt)
  return batches.slice(0, maximumBatches).flatMap(({ id }) => {
    const { total } = transfers.files(id, 0, 0)
    // Those that are done come last.
    const found = transfers.files(id, Math.max(0, total - maximumFiles), total).transfers
    const transfer = found.find((each) => each.path === file.path && each.status.state === 'done')
    const place = transfer && transfers.placeOf(id, transfer.index)
    return place ? [{ place, transfer }] : []
  })
}

/** A download carries the time of the version that it is of; one with an earlier time was left alone since. */
async function differenceOf({ place, transfer }: Download, file: SourceFile): Promise<LocalCopy['state']> {
  const stats = await lstat(place).catch(() => null)
  if (!stats) return 'gone'
  const isAsDownloaded = stats.isFile() && stats.size === transfer.size && stats.mtimeMs < Date.parse(file.updatedAt)
  return isAsDownloaded ? 'older' : 'changed'
}

async function isSameVersion(place: string, { size, updatedAt }: SourceFile): Promise<boolean> {
  const stats = await lstat(place).catch(() => null)
  const time = Date.parse(updatedAt)
  return stats?.isFile() === true && stats.size === size && Math.abs(stats.mtimeMs - time) < 2_000
}
