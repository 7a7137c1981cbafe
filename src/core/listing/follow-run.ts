import { setTimeout as pause } from 'node:timers/promises'
import { hasEnded } from '../../shared/ended.ts'
import type { ExecutionInfo } from '../../shared/models/execution.ts'
import { Failure } from '../failure.ts'

/** What following needs of a listing. */
export type FollowOptions = {
  /** Lists again; answers whether anything had changed. Throws a `Failure`. */
  readonly refresh: () => Promise<boolean>
  /** What the API tells of the run, or null where it doesn't. */
  readonly askInfo: (signal: AbortSignal) => Promise<ExecutionInfo | null>
  /** Waits; settles early, however it likes, when the signal does. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

/** Milliseconds between two listings: while files change, and at most, once nothing has for long. */
export const pace = { quick: 5_000, slow: 60_000, afterFailure: 300_000 } as const

/**
 * Lists a run again and again while it goes on, less often the longer nothing changes or the API can't be had. Settles
 * when the run has ended and was listed once more, when it can't be had at all any longer, or when the signal says so.
 */
export async function followRun(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { refresh, askInfo, wait = waitFor } = options
  let delay: number = pace.quick
  while (!signal.aborted) {
    // Asked before the listing, so that files which came just before the end are in the last one.
    const info = await askInfo(signal)
    if (signal.aborted) return
    const started = performance.now()
    try {
      const changed = await refresh()
      delay = changed ? pace.quick : Math.min(delay * 1.5, pace.slow)
      if (info !== null && hasEnded(info.status)) return
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      const next = delayAfter(thrown, delay)
      if (next === null) return
      delay = next
    }
    // A listing that takes long is asked for seldom: most of the time nothing should be under way.
    const taken = performance.now() - started
    if (!signal.aborted) await wait(Math.max(delay, Math.round(taken * 4)), signal)
  }
}

/** How long to wait after a failure; null where no later try can be any better. */
function delayAfter({ error }: Failure, delay: number): number | null {
  switch (error.kind) {
    case 'key-missing':
    case 'unauthorized':
    case 'not-found':
    case 'cancelled':
      return null
    case 'rate-limited':
      return Math.max((error.retryAfterSeconds ?? 0) * 1_000, Math.min(delay * 2, pace.afterFailure))
    default:
      return Math.min(delay * 2, pace.afterFailure)
  }
}

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Waiting must not keep a program from ending, and being told to stop is no failure.
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}
