import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './folders.fixture.ts'

export const mebi = 1024 * 1024

/** A disk of a few mebibytes, with further `options` for it; null where this computer does not let us mount one. */
export async function smallDisk(options = ''): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const folder = await temporaryFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=8m${options}`, 'none', folder]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}

/** A disk of a few mebibytes that has room, and takes no further file; answers those that it has. */
export async function refusingDisk(): Promise<{ readonly disk: string; readonly files: readonly string[] } | null> {
  const disk = await smallDisk(',nr_inodes=10')
  const files: string[] = []
  if (disk !== null)
    for (let isFull = false; !isFull; ) {
      const file = path.join(disk, `${files.length}`)
      isFull = await writeFile(file, '').then(
        () => false,
        () => true,
      )
      if (!isFull) files.push(file)
    }
  return disk === null ? null : { disk, files }
}
