import { closeSync, fsync, fsyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const flush = promisify(fsync)

/**
 * Makes the names in a folder last, as far as the system lets us: Windows opens no folder, and some shares flush none. Where it
 * `isQuick`, handing it to another thread would take longer.
 */
export async function flushFolder(folder: string, isQuick: boolean): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const descriptor = openSync(folder, 'r')
    try {
      if (isQuick) fsyncSync(descriptor)
      else await flush(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // The files themselves are on the disk.
  }
}
