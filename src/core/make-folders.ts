import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from './failure.ts'

/**
 * Makes a folder and those above it that are missing; `mode` is for the new ones. Throws what `fs` throws.
 *
 * Node's recursive `mkdir` never ends where a folder is there but what is asked for below it is answered with ENOENT, as
 * in `/proc`. One by one, each is asked for once.
 */
export async function makeFolders(folder: string, mode = 0o777): Promise<void> {
  if (await isFolder(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) await makeFolders(parent, mode)
  try {
    await mkdir(folder, { mode })
  } catch (thrown) {
    // Someone else may have made it in the meantime.
    if (errorCode(thrown) !== 'EEXIST' || !(await isFolder(folder))) throw thrown
  }
}

/** What can't be looked at is left for `mkdir` to explain. */
async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}
