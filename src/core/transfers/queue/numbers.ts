import type { AppError } from '../../../shared/errors.ts'
import type { Batch } from '../../../shared/models/transfer.ts'
import type { Item } from './item.ts'
import { createSpeed } from './speed.ts'

export type Total = { readonly fileCount: number; readonly size: number; readonly unknownSizes: number }

type Shown =
  | 'fileCount'
  | 'doneCount'
  | 'skippedCount'
  | 'unchangedCount'
  | 'failedCount'
  | 'renamedCount'
  | 'totalBytes'
  | 'unknownSizes'
  | 'receivedBytes'
  | 'speed'
  | 'secondsLeft'
  | 'failures'

/** What an earlier start of the app had done of a batch; `unchanged` are some of the `skipped`. */
export type Restored = {
  readonly files: number
  readonly skipped: number
  readonly unchanged: number
  readonly bytes: number
  /** Bytes in part files, by item: counted from the start, though an item that goes on may be walked only much later. */
  readonly parts: ReadonlyMap<number, number>
}

/** What a batch adds up to, kept up to date as its items move on. */
export type Numbers = {
  readonly shown: (isRunning: boolean) => Pick<Batch, Shown>
  /** An item now has as many bytes; `fetched` of them came over the network just now. */
  readonly onReceived: (item: Item, bytes: number, fetched: number) => void
  readonly onDone: (item: Item, note: 'skipped' | 'unchanged' | null) => void
  readonly onFailed: (item: Item, error: AppError) => void
  /** A failed item is tried again. */
  readonly onRetried: (item: Item) => void
  /** A file has another size than was thought. */
  readonly onResized: (before: number | null, after: number | null) => void
  /** Files turned up or fell away since the total was made. */
  readonly onRecounted: (fileCount: number) => void
  /** Items were walked, or their part files removed: what these held is no longer counted beside them. */
  readonly onTakenUp: (indexes: Iterable<number>) => void
  readonly firstFailure: () => AppError | null
  readonly remainingBytes: () => number
}

const shownFailures = 20

/** Starts from what a listing says that the files add up to, and from what an earlier start of the app had done of it. */
export function createNumbers(total: Total, restored: Restored | null = null): Numbers {
  const speed = createSpeed()
  let { fileCount, size: totalBytes, unknownSizes } = total
  let doneCount = restored?.files ?? 0
  let skippedCount = restored?.skipped ?? 0
  let unchangedCount = restored?.unchanged ?? 0
  let renamedCount = 0
  const parts = new Map(restored?.parts)
  let receivedBytes = [...parts.values()].reduce((sum, bytes) => sum + bytes, restored?.bytes ?? 0)
  const failed = new Map<number, Batch['failures'][number]>()

  const known = () => (unknownSizes === 0 ? Math.min(receivedBytes, totalBytes) : receivedBytes)
  const remainingBytes = () => Math.max(0, totalBytes - receivedBytes)

  return {
    shown(isRunning) {
      const value = isRunning ? speed.value(performance.now()) : 0
      if (!isRunning) speed.reset()
      return {
        fileCount,
        doneCount,
        skippedCount,
        unchangedCount,
        failedCount: failed.size,
        renamedCount,
        totalBytes,
        unknownSizes,
        receivedBytes: known(),
        speed: value,
        secondsLeft: value > 0 && unknownSizes === 0 ? remainingBytes() / value : null,
        failures: [...failed.values()].slice(0, shownFailures),
      }
    },
    onReceived(item, bytes, fetched) {
      receivedBytes += bytes - item.received
      item.received = bytes
      speed.add(Math.max(0, fetched))
    },
    onDone(item, note) {
      doneCount += 1
      if (note !== null) skippedCount += 1
      if (note === 'unchanged') unchangedCount += 1
      if (item.renamed && note === null) renamedCount += 1
    },
    onFailed(item, error) {
      failed.set(item.index, { path: item.file.path, error })
    },
    onRetried(item) {
      failed.delete(item.index)
    },
    onResized(before, after) {
      totalBytes += (after ?? 0) - (before ?? 0)
      unknownSizes += (after === null ? 1 : 0) - (before === null ? 1 : 0)
    },
    onRecounted(count) {
      fileCount = count
    },
    onTakenUp(indexes) {
      for (const index of indexes) {
        receivedBytes -= parts.get(index) ?? 0
        parts.delete(index)
      }
    },
    firstFailure: () => failed.values().next().value?.error ?? null,
    remainingBytes,
  }
}
