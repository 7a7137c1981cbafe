import { readdirSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { filesBelow } from '../folders.fixture.ts'
import { download } from '../transfers.fixture.ts'
import { archiveOfTwo } from './archive-of-two.fixture.ts'

/** Looks at a folder that is being flushed. */
const looks = vi.hoisted((): ((inode: number) => void)[] => [])
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    fsync(descriptor: number, callback: (error: Error | null) => void) {
      const found = fs.fstatSync(descriptor)
      if (found.isDirectory()) for (const look of looks) look(found.ino)
      fs.fsync(descriptor, callback)
    },
  }
})

test.skipIf(process.platform === 'win32')(
  'an archive counts as done once its name would outlive a loss of power, and is not taken back from then on',
  async () => {
    const { folder, target, source, start } = await archiveOfTwo(new Set())
    const transfers = start()
    const seen: unknown[] = []
    const { id, over } = await download(transfers, source, { target, kind: 'archive' })
    looks.push(() => {
      seen.push([readdirSync(folder), transfers.list()[0]?.status.state])
      transfers.cancel(id)
    })
    expect((await over).status.state).toBe('done')
    expect(seen).toEqual([[['run.zip'], 'running']])
    expect(await filesBelow(folder)).toEqual(['run.zip'])
  },
)
