import type { TransferState, WaitReason } from './models/transfer.ts'

// Apart from the schemas, so that the window need not load them.

const endedStatuses: readonly string[] = ['completed', 'cancelled', 'failed']

/** Tells whether a run has ended; an unknown status has not. */
export function hasEnded(status: string | null): boolean {
  return status !== null && endedStatuses.includes(status)
}

/** Tells whether a batch or transfer has come to an end. */
export function isOver({ state }: TransferState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

const tryable: readonly WaitReason[] = ['retry', 'rate-limited', 'offline', 'disk-full']

/** Tells whether it waits for a time to come, or for room, and the person may want it tried at once. */
export function canBeTried(status: TransferState): boolean {
  return status.state === 'waiting' && tryable.includes(status.reason)
}
