import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolders } from './make-folders.ts'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-folders-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('missing folders are made, by two at once too, and those that are there are left as they are', async () => {
  const folder = await temporaryFolder()
  const wanted = path.join(folder, 'a', 'b', 'c')
  await Promise.all([makeFolders(wanted), makeFolders(wanted)])
  await makeFolders(wanted)
  expect((await stat(wanted)).isDirectory()).toBe(true)
})

test('a file in the way is an error', async () => {
  const folder = await temporaryFolder()
  await writeFile(path.join(folder, 'file'), '')
  await expect(makeFolders(path.join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolders(path.join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'EEXIST' })
})

test.skipIf(process.platform === 'win32')('a link to a folder is as good as a folder', async () => {
  const folder = await temporaryFolder()
  await symlink(folder, path.join(folder, 'link'))
  await makeFolders(path.join(folder, 'link', 'below'))
  expect((await stat(path.join(folder, 'below'))).isDirectory()).toBe(true)
})

test.skipIf(process.platform !== 'linux')('a place that takes no folders ends in an error, not in a loop', async () => {
  await expect(makeFolders('/proc/nope/below')).rejects.toMatchObject({ code: 'ENOENT' })
})
