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

  return {
    setLimit(bytesPerSecond) {
      limit = bytesPerSecond
      paidUntil = 0
    },
    whenFree: () => (aheadSeconds() > slackSeconds ? untilFree() : null),
    count(bytes, exchange) {
      if (limit === null) return
      const now = performance.now() / 1_000
      paidUntil = Math.max(paidUntil, now - slackSeconds) + bytes / limit
      const ahead = paidUntil - now
      if (ahead <= slackSeconds) return
      exchange.pause()
      setTimeout(exchange.resume, ahead * 1_000)
    },
  }
}
