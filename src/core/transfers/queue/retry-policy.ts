import type { AppError } from '../../../shared/errors.ts'
import type { WaitReason } from '../../../shared/models/transfer.ts'
import { leastBytes } from '../http/drip-rule.ts'

/** What to do about a failed attempt. */
export type Remedy =
  | {
      readonly remedy: 'wait'
      readonly reason: WaitReason
      readonly milliseconds: number
      readonly sharedByHost: boolean
    }
  | { readonly remedy: 'fresh-link' }
  | { readonly remedy: 'room' }
  | { readonly remedy: 'key' }
  | { readonly remedy: 'give-up' }

export type Attempted = {
  readonly error: AppError
  /** Failures in a row without progress, this one counted: of the host where that asks for patience. */
  readonly failures: number
  /** How often its link was already asked for again. */
  readonly relists: number
  readonly retryAfterSeconds: number | null
  /** Whether its thread ended: that may be another file's fault. */
  readonly isLost?: boolean
  readonly firstRetryMilliseconds: number
}

const maximumFailures = 8
/** A server that drips brings less than `leastBytes` in each attempt: as many as that may fail count as none of progress. */
export const leastProgress = maximumFailures * leastBytes
const maximumRelists = 3
const longestDelay = 30_000
const longestRetryAfterSeconds = 3_600

/** Says what a failure calls for. `random` is from 0 to 1. */
export function remedyFor(
  { error, failures, relists, retryAfterSeconds, isLost = false, firstRetryMilliseconds }: Attempted,
  random: number,
): Remedy {
  const delay =
    retryAfterSeconds === null
      ? backOff(firstRetryMilliseconds, failures, random)
      : Math.max(firstRetryMilliseconds, retryAfter(retryAfterSeconds, random))
  switch (error.kind) {
    case 'link-expired':
      return relists < maximumRelists ? { remedy: 'fresh-link' } : { remedy: 'give-up' }
    case 'wrong-size':
      // Perhaps the file has changed since it was listed.
      return relists < 2 ? { remedy: 'fresh-link' } : { remedy: 'give-up' }
    case 'rate-limited':
      // A server that asks for patience is there and will answer: waiting is never given up.
      return { remedy: 'wait', reason: 'rate-limited', milliseconds: delay, sharedByHost: true }
    case 'offline':
      if (error.cause === 'tls') return { remedy: 'give-up' }
      if (isOutOfReach(error)) return { remedy: 'wait', reason: 'offline', milliseconds: delay, sharedByHost: true }
      return again(failures, delay, error.cause === 'proxy')
    case 'server-error':
      return again(failures, delay, asksForPatience(error))
    case 'timed-out':
      return again(failures, delay, false)
    case 'bad-response':
      return failures < 3 ? again(failures, delay, false) : { remedy: 'give-up' }
    case 'unexpected':
      return isLost && failures < 3 ? again(failures, delay, false) : { remedy: 'give-up' }
    case 'disk-full':
      return { remedy: 'room' }
    case 'unauthorized':
    case 'key-missing':
      return { remedy: 'key' }
    default:
      return { remedy: 'give-up' }
  }
}

/**
 * Whether there is no way to the host: no network, a VPN that is off, a server that is being restarted. However long that
 * lasts, it tells nothing of the file. A proxy's refusal is none of it: that stands until someone changes its rules.
 */
export function isOutOfReach(error: AppError): boolean {
  return error.kind === 'offline' && ['dns', 'network', 'refused'].includes(error.cause)
}

/** Whether an answer is about the host and how much it is asked for, not about the one file. */
export function asksForPatience(error: AppError): boolean {
  return error.kind === 'rate-limited' || (error.kind === 'server-error' && error.status === 503)
}

/**
 * How long a file waits by itself that its host turns away again and again while it sends others: it is asked for more
 * and more seldom, so that it does not keep holding them up.
 */
export function ownRest(refusals: number, first: number, random: number): number {
  return refusals > maximumFailures ? backOff(first, refusals - maximumFailures, random) : 0
}

function again(failures: number, milliseconds: number, sharedByHost: boolean): Remedy {
  if (failures >= maximumFailures) return { remedy: 'give-up' }
  return { remedy: 'wait', reason: 'retry', milliseconds, sharedByHost }
}

/** Exponential, with half of it left to chance, so that many do not come back together. */
function backOff(first: number, failures: number, random: number): number {
  const most = Math.min(longestDelay, first * 2 ** (failures - 1))
  return most / 2 + (most / 2) * random
}

/** Never sooner than asked, and spread over a tenth more. */
function retryAfter(seconds: number, random: number): number {
  return Math.min(seconds, longestRetryAfterSeconds) * 1_000 * (1 + random / 10)
}
