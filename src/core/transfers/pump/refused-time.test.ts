import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../folders.fixture.ts'
import { openPartFile } from './part-file.ts'

// No disk here refuses a time: Linux takes the nearest that it can keep.
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  futimesSync() {
    throw Object.assign(new Error('EINVAL: invalid argument, futime'), { code: 'EINVAL' })
  },
}))

test('a file whose time the disk refuses is kept, with the time of its coming', async () => {
  const file = path.join(await temporaryFolder(), 'a')
  const part = openPartFile(file, 0, () => {})
  part.append(Buffer.from('hello'))
  part.flush()
  part.setUpdatedAt(Date.parse('+275760-09-13T00:00:00Z'))
  part.close()
  expect(readFileSync(file, 'utf8')).toBe('hello')
})
