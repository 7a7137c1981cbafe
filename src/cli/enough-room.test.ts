import { spawnSync } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../core/failure.ts'
import { createMemorySource } from '../core/transfers/memory-source.fixture.ts'
import { refuseWithoutRoom } from './enough-room.ts'
import { temporaryFolder } from './run-cli.fixture.ts'

const gigabyte = 1_000_000_000
const files = ['a', 'CON.txt'].map((name) => ({ path: name, size: 50 * gigabyte }))
const source = createMemorySource(files, () => 'http://127.0.0.1:9/')
const refusal = (folder: string) =>
  refuseWithoutRoom(source, { what: 'all' }, folder).then(
    () => null,
    (thrown) => (thrown instanceof Failure ? thrown.error : thrown),
  )

/** A disk of one megabyte; null where this computer does not let us mount one. */
function smallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const folder = temporaryFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}

test('a download that the disk has no room for is refused with what is missing', async ({ skip }) => {
  const disk = smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  expect(await refusal(disk)).toEqual({
    kind: 'disk-full',
    message: expect.stringMatching(/100 GB are to come, and there is room for 1 MB\. 100 GB more must be free\./),
  })
})

test('what is there already needs no room, whole or in part, nor under a name that every system allows', async ({
  skip,
}) => {
  const disk = smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  await writeFile(path.join(disk, 'a'), '')
  expect(await refusal(disk)).toMatchObject({ message: expect.stringContaining('50 GB are to come') })
  // A file with a hole: its size is what counts.
  await writeFile(path.join(disk, '_CON.txt.part'), '')
  await truncate(path.join(disk, '_CON.txt.part'), 50 * gigabyte - 1_000)
  expect(await refusal(disk)).toBeNull()
})
