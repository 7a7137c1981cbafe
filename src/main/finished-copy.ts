import { lstat } from 'node:fs/promises'
import type { SourceFile } from '../core/transfers/file-source.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'

/** Batches and files that are looked through, the newest first: a copy made again costs less than a long search. */
const maximumBatches = 20
const maximumFiles = 1_000

/** Where a download of the same version of a file lies, unless it was changed or moved since; null when nowhere. */
export async function findFinishedCopy(
  transfers: Pick<Transfers, 'list' | 'files' | 'placeOf'>,
  { executionId, source }: ExecutionKey,
  file: SourceFile,
): Promise<string | null> {
  const batches = transfers
    .list()
    .filter((batch) => batch.kind !== 'archive' && batch.executionId === executionId && batch.source === source)
    .toSorted((a, b) => b.startedAt - a.startedAt)
  for (const { id } of batches.slice(0, maximumBatches)) {
    const { total } = transfers.files(id, 0, 0)
    // Those that are done come last.
    const found = transfers.files(id, Math.max(0, total - maximumFiles), total).transfers
    const transfer = found.find(({ path, status }) => path === file.path && status.state === 'done')
    const place = transfer && transfers.placeOf(id, transfer.index)
    if (place && (await isSameVersion(place, file))) return place
  }
  return null
}

/** A download carries the time of the version that it is of. */
async function isSameVersion(place: string, { size, updatedAt }: SourceFile): Promise<boolean> {
  const stats = await lstat(place).catch(() => null)
  const time = Date.parse(updatedAt)
  return stats?.isFile() === true && stats.size === size && Math.abs(stats.mtimeMs - time) < 2_000
}
