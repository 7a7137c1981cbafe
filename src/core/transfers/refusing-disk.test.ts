import { spawnSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, hello, origin, transfersFor } from './transfers.fixture.ts'

test('a path that is too long for the disk is named, and the other files come', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const long = Array.from({ length: 200 }, () => 'a folder with a long name').join('/')
  const source = createMemorySource([{ path: `${long}/a` }, { path: 'b' }], () => `${url}/a`)
  const { over, target } = await download(transfersFor(url), source)
  const message = expect.stringContaining('its name or path is too long for this disk')
  expect(await over).toMatchObject({ doneCount: 1, failures: [{ error: { kind: 'disk', message } }] })
  expect((await filesBelow(target)).filter((name) => !name.startsWith('a folder'))).toEqual(['b'])
})

test.for(['files', 'archive'] as const)(
  'on a disk that can only be read, %s stop at once, with the reason',
  async (kind, { skip }) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return skip('needs root on Linux, to mount a disk')
    const target = await temporaryFolder()
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'none', target]).status !== 0) return skip('can’t mount a disk')
    onTestFinished(() => void spawnSync('umount', ['-l', target]))
    const { url, requests } = await origin((request, response) => sendBody(request, response, hello))
    const files = Array.from({ length: 2_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
    const source = createMemorySource(files, () => `${url}/a`)
    const place = kind === 'archive' ? `${target}/run.zip` : target
    const { over } = await download(transfersFor(url), source, { kind, target: place })
    const message = expect.stringContaining('the disk can only be read')
    expect((await over).status).toMatchObject({ state: 'failed', error: { kind: 'disk', message } })
    expect(requests.length).toBeLessThan(300)
  },
)
