import { statfs } from 'node:fs/promises'
import { formatBytes } from '../../format-bytes.ts'

/** Left free beside the files themselves. */
export const sparedBytes = 1024 * 1024

/** Bytes that a person may still write to the disk that a folder is on; null when the system does not tell. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** Says how much is missing, for a person. */
export function missingRoom(bytes: number): string {
  return `The disk is full: ${formatBytes(Math.max(1, bytes))} more is needed. It goes on when there is room.`
}

/** By its own account the disk has room: only trying tells when it takes something again. */
export const refusedRoom =
  'The disk takes no more, though it has room: perhaps a quota is used up, or it holds too many files. It is tried now and then.'

/** How long to leave a disk alone that refuses what by its own account it has room for. */
export type Refusals = {
  /** It did so now; answers for how many milliseconds. */
  readonly next: () => number
  /** It is another matter from now on. */
  readonly reset: () => void
}

const firstRefusal = 2_000
const longestRefusal = 60_000

/** Doubles with every refusal that follows another. */
export function createRefusals(): Refusals {
  let milliseconds = firstRefusal
  let until = 0
  return {
    next() {
      // Long ago it was another matter.
      if (Date.now() > until + 2 * longestRefusal) milliseconds = firstRefusal
      const now = milliseconds
      until = Date.now() + now
      milliseconds = Math.min(longestRefusal, milliseconds * 2)
      return now
    },
    reset() {
      milliseconds = firstRefusal
    },
  }
}
