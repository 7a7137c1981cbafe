import { assertNever } from '../../shared/assert-never.ts'
import type { AppError } from '../../shared/errors.ts'
import type { TransferState, WaitReason } from '../../shared/models/transfer.ts'

/** Everything that can happen to one transfer. */
export type TransferEvent =
  | { readonly event: 'start' }
  | { readonly event: 'verify' }
  | { readonly event: 'wait'; readonly reason: WaitReason; readonly until: number | null; readonly message: string }
  /** A wait is over, or the person wants it to go on. */
  | { readonly event: 'go-on' }
  | { readonly event: 'pause' }
  | { readonly event: 'cancel' }
  | { readonly event: 'finish'; readonly note: 'skipped' | 'unchanged' | null }
  | { readonly event: 'fail'; readonly error: AppError }
  /** Once more from the start, after a failure or a cancel. */
  | { readonly event: 'retry' }

/**
 * The one state machine of transfers: the state after an event, or null where the event makes no sense.
 *
 * `queued -> running -> (paused | waiting | verifying) -> done | failed | cancelled`; paused and waiting ones go back to
 * the queue, and so does a failed or cancelled one that is tried again.
 */
export function nextState(from: TransferState, event: TransferEvent): TransferState | null {
  switch (event.event) {
    case 'start':
      return from.state === 'queued' ? { state: 'running' } : null
    case 'verify':
      return from.state === 'running' ? { state: 'verifying' } : null
    case 'wait': {
      const { reason, until, message } = event
      return isActive(from) ? { state: 'waiting', reason, until, message } : null
    }
    case 'go-on':
      return from.state === 'waiting' || from.state === 'paused' ? { state: 'queued' } : null
    case 'pause':
      return isActive(from) ? { state: 'paused' } : null
    case 'cancel':
      return isActive(from) || from.state === 'paused' ? { state: 'cancelled' } : null
    case 'finish':
      return from.state === 'running' || from.state === 'verifying' ? { state: 'done', note: event.note } : null
    case 'fail':
      return isActive(from) ? { state: 'failed', error: event.error } : null
    case 'retry':
      return from.state === 'failed' || from.state === 'cancelled' ? { state: 'queued' } : null
    default:
      return assertNever(event)
  }
}

/** Neither at rest nor at an end. */
function isActive({ state }: TransferState): boolean {
  return state === 'queued' || state === 'running' || state === 'verifying' || state === 'waiting'
}
