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
