import { statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createLanding } from './landing.ts'
import { openPartFile, type PartFile } from './part-file.ts'

/** Inodes of the folders that were flushed, in the order in which that was done. */
const flushed = vi.hoisted((): number[] => [])
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const note = (descriptor: number) => {
    const found = fs.fstatSync(descriptor)
    if (found.isDirectory()) flushed.push(found.ino)
  }
  return {
    ...fs,
    fsyncSync(descriptor: number) {
      fs.fsyncSync(descriptor)
      note(descriptor)
    },
    fsync(descriptor: number, callback: (error: Error | null) => void) {
      fs.fsync(descriptor, (error) => {
        if (!error) note(descriptor)
        callback(error)
      })
    },
  }
})

function partIn(folder: string, name: string): PartFile {
  const part = openPartFile(path.join(folder, `${name}.part`), 0, () => {})
  part.append(Buffer.from(name))
  part.flush()
  return part
}

test.skipIf(process.platform === 'win32')(
  'files count as landed once the names that they got would outlive a loss of power, told to each folder once a group',
  async () => {
    const root = await temporaryFolder()
    const folders = ['one', 'two'].map((name) => path.join(root, name))
    for (const folder of folders) await mkdir(folder)
    const landing = createLanding(async () => {})
    const names = Array.from({ length: 20 }, (_, index) => `${index}`)
    for (let round = 0; round < 2; round += 1) {
      flushed.length = 0
      const landed = names.map(async (name, index) => {
        const folder = folders[index % 2] ?? ''
        await landing.land(partIn(folder, `${round}-${name}`), path.join(folder, `${round}-${name}`), { rule: 'skip' })
        return [...flushed]
      })
      const inodes = folders.map((folder) => statSync(folder).ino)
      for (const seen of await Promise.all(landed)) expect(seen.toSorted()).toEqual(inodes.toSorted())
    }
    expect((await filesBelow(root)).length).toBe(40)
  },
)
