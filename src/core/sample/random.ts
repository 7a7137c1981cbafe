export type Random = {
  /** A whole number from `from` up to, but not including, `to`. */
  readonly between: (from: number, to: number) => number
  readonly pick: <T>(values: readonly T[]) => T
}

/** Makes a sequence that is the same for the same seed, so that sample files never differ between starts (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from))
  return {
    between,
    pick(values) {
      const value = values[between(0, values.length)]
      if (value === undefined) throw new RangeError('There is nothing to pick from.')
      return value
    },
  }
}
