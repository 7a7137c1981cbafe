import type { Batch, ConflictPolicy, Transfer, TransferChoice } from '../../../shared/models/transfer.ts'
import type { Logger } from '../../log/logger.ts'
import type { Brought } from '../in-step/brought.ts'
import type { BatchJournal } from '../journal/batch-journal.ts'
import type { LandedArchive } from '../journal/records.ts'
import type { Remembered } from '../journal/remembered.ts'
import type { Layout } from '../layout.ts'
import type { Bandwidth } from '../pump/bandwidth.ts'
import type { MarkFromInternet } from '../pump/internet-mark.ts'
import type { TransferLimits } from '../transfers.ts'
import type { Concurrency } from './concurrency.ts'
import type { HostBackOff } from './host-back-off.ts'
import type { Restored, Total } from './numbers.ts'
import type { Origin } from './origin.ts'
import type { BatchFiles } from './walk.ts'

/** What a batch is started with. */
export type BatchStart = Pick<Batch, 'id' | 'kind' | 'title' | 'executionId' | 'source' | 'target' | 'startedAt'> & {
  readonly layout: Layout
  readonly total: Total
  readonly conflicts: 'ask' | ConflictPolicy
  readonly files: BatchFiles
  /** Removes the part files that an earlier start of the app left for files that were not walked. */
  readonly dropUnwalkedParts: (isWalked: (index: number) => boolean) => void
  /** Where fresh links come from. */
  readonly origin: Origin
  /** What the journal has of it; null where there is none. */
  readonly remembered: () => Promise<Remembered | null>
  /** Of a folder that is kept in step. */
  readonly brought: Brought | null
  /** Of an archive that is made anew: what the try before left under its name. */
  readonly landed: LandedArchive | null
  /** What an earlier start of the app had done, for a batch that goes on. */
  readonly restored: Restored | null
  readonly paused: boolean
}

/** What batches share, and what each tells the queue. */
export type BatchTools = {
  readonly limits: Pick<TransferLimits, 'firstRetryMilliseconds' | 'stallMilliseconds'>
  readonly backOff: HostBackOff
  readonly concurrency: Concurrency
  /** For who fetches without the threads, which have theirs. */
  readonly bandwidth: Pick<Bandwidth, 'spend' | 'isLimited'>
  /** As for the bandwidth. */
  readonly mark: MarkFromInternet
  readonly journal: BatchJournal
  readonly log: Logger
  /** The batch looks different now. */
  readonly onChange: () => void
  /** There may be something to take. */
  readonly onReady: () => void
}

/** One batch, of whatever kind: what a person sees of it, and can do with it. `index` names one of its files. */
export type BatchRun = {
  readonly id: string
  readonly record: () => Batch
  readonly files: (
    from: number,
    to: number,
    only?: TransferChoice,
  ) => { readonly total: number; readonly transfers: readonly Transfer[] }
  /** Ends all waits that time or the network can end, or that of one file. */
  readonly tryNow: (index?: number) => void
  /** Whether something of it waits for its host to be within reach. */
  readonly isOutOfReach: () => boolean
  /** There may be a way now to what was out of reach: that is tried at once, and then as if it had not been tried before. */
  readonly onNetwork: () => void
  readonly pause: (index?: number) => void
  readonly resume: (index?: number) => void
  readonly cancel: (index?: number) => void
  readonly placeOf: (index?: number) => string | null
  readonly whenOver: () => Promise<Batch>
  /** Ends it, and what the journal has of it. */
  readonly forget: () => Promise<void>
  /** Stops what runs, keeping part files; settles when nothing writes any more. */
  readonly close: () => Promise<void>
}
