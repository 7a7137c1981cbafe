import type { Stats } from 'node:fs'
import { chmod, lstat } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'

/**
 * Makes a folder that only this person may enter, or takes the one that is there if it is so. Throws a `Failure`.
 *
 * In a place that others can write to, someone may have put a link or a folder of their own there first.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await makeFolders(folder, 0o700)
  const stats = await lstat(folder)
  if (!stats.isDirectory() || !isOurs(stats))
    throw new Failure({
      kind: 'disk',
      code: 'EPERM',
      message: 'The folder for copies belongs to someone else. It was not used.',
    })
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) await chmod(folder, 0o700)
}

/** Tells whether a file or folder belongs to this person. Windows guards the folder of a person by itself. */
export function isOurs(stats: Stats): boolean {
  return process.getuid === undefined || stats.uid === process.getuid()
}
