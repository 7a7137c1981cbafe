import type { Batch } from '../../../shared/models/transfer.ts'

/** Whether a batch is over, and who waits for that. */
export type BatchEnd = {
  /** Milliseconds since 1970; null while the batch goes on. */
  readonly at: () => number | null
  readonly reach: () => void
  /** It goes on after all. */
  readonly takeBack: () => void
  /** Tells all who wait how it ended. */
  readonly tell: (batch: Batch) => void
  /** The batch as it is at its end. */
  readonly whenReached: () => Promise<Batch>
}

/** Starts with the batch under way. */
export function createBatchEnd(record: () => Batch): BatchEnd {
  let at: number | null = null
  let waiting: ((batch: Batch) => void)[] = []

  return {
    at: () => at,
    reach() {
      at = Date.now()
    },
    takeBack() {
      at = null
    },
    tell(batch) {
      const told = waiting
      waiting = []
      for (const each of told) each(batch)
    },
    whenReached: () => (at !== null ? Promise.resolve(record()) : new Promise((resolve) => waiting.push(resolve))),
  }
}
