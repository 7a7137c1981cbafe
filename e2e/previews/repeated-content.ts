import type { Content } from './run-server.ts'

const gigabyte = 1_000_000_000

/** A gigabyte that repeats a pattern, made as it is asked for. */
export function repeated(pattern: string): Content {
  const unit = Buffer.from(pattern)
  return {
    size: gigabyte,
    part: (from, length) => {
      const start = from % unit.length
      const whole = Buffer.concat(Array.from({ length: Math.ceil(length / unit.length) + 1 }, () => unit))
      return whole.subarray(start, start + length)
    },
  }
}
