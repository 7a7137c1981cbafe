import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/**
 * Names this start of the computer. What a process wrote before it was killed is still there in the same one; in another,
 * only what was flushed.
 */
export function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return `up since ${Math.round(Date.now() / 1_000 - uptime())}`
  }
}

/** Whether two names mean one start; where the clock tells, it may have been set by some seconds meanwhile. */
export function isSameBoot(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => Number(/^up since (\d+)$/.exec(name)?.[1] ?? Number.NaN))
  return a === b || Math.abs((first ?? Number.NaN) - (second ?? Number.NaN)) < 10
}
