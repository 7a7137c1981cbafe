import type { AppError } from '../../../shared/errors.ts'
import type { TransferState } from '../../../shared/models/transfer.ts'
import type { Bins } from './bins.ts'
import type { Origin } from './origin.ts'

/** Where a batch stands that is neither over nor at rest, told from its items. */
export function openStatus(options: {
  readonly bins: Bins
  /** Items that have been walked and not begun. */
  readonly aheadCount: number
  readonly isWalkOver: boolean
  readonly attemptCount: number
  /** Set while the run has to be listed anew. */
  readonly listing: TransferState | null
  /** What the disk lacks, in a sentence. */
  readonly full: string | null
}): TransferState {
  const { bins, aheadCount, isWalkOver, attemptCount, listing, full } = options
  if (bins.of('running').size > 0) return { state: 'running' }
  const isAllStarted = bins.of('queued').size === 0 && aheadCount === 0
  // While the disk holds the others back, the batch is still at it.
  if (bins.of('verifying').size > 0) return { state: isAllStarted ? 'verifying' : 'running' }
  if (listing && attemptCount === 0) return listing
  if (full !== null) return { state: 'waiting', reason: 'disk-full', until: null, message: full }
  const soonest = [...bins.of('waiting')]
    .map((item) => item.status)
    .reduce<TransferState | null>((best, each) => (best && untilOf(best) <= untilOf(each) ? best : each), null)
  if (soonest && (isAllStarted || attemptCount === 0)) return soonest
  if (bins.of('paused').size > 0 && bins.of('queued').size === 0 && isWalkOver) return { state: 'paused' }
  return attemptCount > 0 ? { state: 'running' } : { state: 'queued' }
}

/** Where a batch stands that is over, or about to be; `error` is why not all of it came. */
export function endStatus(isCancelled: boolean, error: AppError | null): TransferState {
  if (isCancelled) return { state: 'cancelled' }
  return error ? { state: 'failed', error } : { state: 'done', note: null }
}

/** Whether something of a batch waits for its host to be within reach: a file, or the listing. */
export function isOutOfReach(bins: Pick<Bins, 'offline'>, origin: Pick<Origin, 'waiting'>): boolean {
  return bins.offline().length > 0 || origin.waiting()?.reason === 'offline'
}

/** When a wait ends; never, where a person or the disk ends it. */
export function untilOf(state: TransferState): number {
  return state.state === 'waiting' ? (state.until ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
}
