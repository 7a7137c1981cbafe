import type { Exchange } from '../http/connection.ts'

export type Bandwidth = {
  /** Bytes a second; null for no limit. */
  readonly setLimit: (bytesPerSecond: number | null) => void
  /**
   * Waits until what came so far would have come at the limit: a small file is over before it could be slowed. Answers
   * null where there is nothing to wait for.
   */
  readonly whenFree: () => Promise<void> | null
  /** Counts bytes that came, and makes the exchange rest when they came too fast. */
  readonly count: (bytes: number, exchange: Exchange) => void
  /** Counts bytes that came, and waits where they came too fast, for who reads no faster than it takes. */
  readonly spend: (bytes: number) => Promise<void>
  readonly isLimited: () => boolean
}

/** How far ahead of the limit reading may run, in seconds: short rests, but not one for each packet. */
const slackSeconds = 0.05

/**
 * More may come of the others while one waits to begin, so it looks again; but only so often, since large files that are
 * under way would keep a small one waiting for ever.
 */
const maximumWaits = 3

/** Holds several exchanges to one rate together: each rests for as long as all of them are ahead of it. */
export function createBandwidth(): Bandwidth {
  let limit: number | null = null
  /** When everything counted so far would have come at the limit, in seconds of the monotonic clock. */
  let paidUntil = 0

  const aheadSeconds = () => (limit === null ? 0 : paidUntil - performance.now() / 1_000)
  async function untilFree(): Promise<void> {
    for (let waits = 0; waits < maximumWaits && aheadSeconds() > slackSeconds; waits += 1)
      await new Promise((resolve) => setTimeout(resolve, aheadSeconds() * 1_000))
  }
  /** Answers for how many seconds to rest; 0 as long as that is not worth it. */
  function secondsToRest(bytes: number): number {
    if (limit === null) return 0
    const now = performance.now() / 1_000
    paidUntil = Math.max(paidUntil, now - slackSeconds) + bytes / limit
    const ahead = paidUntil - now
    return ahead <= slackSeconds ? 0 : ahead
  }

  return {
    setLimit(bytesPerSecond) {
      limit = bytesPerSecond
      paidUntil = 0
    },
    whenFree: () => (aheadSeconds() > slackSeconds ? untilFree() : null),
    count(bytes, exchange) {
      const rest = secondsToRest(bytes)
      if (rest === 0) return
      exchange.pause()
      setTimeout(exchange.resume, rest * 1_000)
    },
    async spend(bytes) {
      const rest = secondsToRest(bytes)
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest * 1_000))
    },
    isLimited: () => limit !== null,
  }
}
