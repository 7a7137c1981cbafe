export type Speed = {
  /** Counts bytes that came over the network. */
  readonly add: (bytes: number) => void
  /** Bytes a second, smoothed over some seconds; 0 when nothing comes any more. */
  readonly value: (now: number) => number
  readonly reset: () => void
}

const sampleMilliseconds = 500
const smoothingMilliseconds = 3_000

/** Measures how fast bytes come, steadily enough to show and to tell the time left from. */
export function createSpeed(): Speed {
  let since: number | null = null
  let bytes = 0
  let speed: number | null = null

  return {
    add(count) {
      bytes += count
    },
    value(now) {
      since ??= now
      const elapsed = now - since
      if (elapsed < sampleMilliseconds) return speed ?? 0
      const measured = (bytes * 1_000) / elapsed
      // The weight of a sample grows with the time that it covers.
      const weight = 1 - Math.exp(-elapsed / smoothingMilliseconds)
      speed = speed === null ? measured : speed + (measured - speed) * weight
      if (speed < 1) speed = 0
      since = now
      bytes = 0
      return speed
    },
    reset() {
      since = null
      bytes = 0
      speed = null
    },
  }
}
