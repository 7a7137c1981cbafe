export type Speed = {
  /** Counts bytes that came over the network. */
  readonly add: (bytes: number) => void
  /** Bytes a second, smoothed over some seconds; 0 until that is steady, and when nothing comes any more. */
  readonly value: (now: number) => number
  readonly reset: () => void
}

const sampleMilliseconds = 500
const smoothingMilliseconds = 3_000
/** Before, the first files, often tiny, would tell of hours for what takes seconds. */
const steadyMilliseconds = 2_000

/** Measures how fast bytes come, steadily enough to show and to tell the time left from. */
export function createSpeed(): Speed {
  let started: number | null = null
  let since: number | null = null
  let bytes = 0
  let speed = 0

  return {
    add(count) {
      bytes += count
    },
    value(now) {
      started ??= now
      since ??= now
      const elapsed = now - since
      const isSteady = now - started >= steadyMilliseconds
      if (elapsed < sampleMilliseconds) return isSteady ? speed : 0
      const measured = (bytes * 1_000) / elapsed
      // The weight of a sample grows with the time that it covers. At first, all samples weigh the same.
      const weight = Math.max(1 - Math.exp(-elapsed / smoothingMilliseconds), elapsed / (now - started))
      speed += (measured - speed) * weight
      if (speed < 1) speed = 0
      since = now
      bytes = 0
      return isSteady ? speed : 0
    },
    reset() {
      started = null
      since = null
      bytes = 0
      speed = 0
    },
  }
}
