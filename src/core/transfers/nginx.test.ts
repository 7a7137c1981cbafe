import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { digestsBelow } from '../api/digests.fixture.ts'
import { hasNginx, startNginx } from '../api/nginx.fixture.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf } from './origin.fixture.ts'
import { download, transfersFor } from './transfers.fixture.ts'

const hasty = { connectMilliseconds: 5_000, stallMilliseconds: 20_000, firstRetryMilliseconds: 20 }

/** Serves `count` files of so many bytes below `f/`, for as long as the test runs. */
async function serve(options: {
  readonly count: number
  readonly bytes: number
  readonly http?: string
  readonly server: string
}) {
  const folder = await temporaryFolder()
  await mkdir(path.join(folder, 'f'))
  const block = bytesOf(9, options.bytes + options.count)
  const files = Array.from({ length: options.count }, (_, index) => ({ path: `f/${index}`, size: options.bytes }))
  for (const [index, file] of files.entries())
    await writeFile(path.join(folder, file.path), block.subarray(index, index + options.bytes))
  const nginx = await startNginx(folder, options)
  onTestFinished(nginx.close)
  return { ...nginx, files, digests: digestsBelow(folder) }
}

if (!hasNginx) process.stderr.write('Tests against nginx are skipped: it is not installed.\n')
describe.skipIf(!hasNginx)('against nginx', () => {
  test.each([429, 503])('a batch of hundreds arrives whole where limit_req answers %i to most', async (status) => {
    const { origin, files, digests, logged } = await serve({
      count: 300,
      bytes: 2_000,
      http: 'limit_req_zone $binary_remote_addr zone=r:1m rate=100r/s;',
      server: `limit_req zone=r burst=4 nodelay; limit_req_status ${status};`,
    })
    const source = createMemorySource(files, (file) => `${origin}/${file.path}`)
    const { target, over } = await download(transfersFor(origin, { limits: hasty }), source)
    expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: files.length, failedCount: 0 })
    expect(digestsBelow(target)).toEqual(digests)
    expect(logged().filter((each) => each.status === status).length).toBeGreaterThan(0)
  })

  test('files that limit_conn turns away again and again arrive after the others', async () => {
    const { origin, files, digests, logged } = await serve({
      count: 14,
      bytes: 150_000,
      http: 'limit_conn_zone $binary_remote_addr zone=c:1m;',
      server: 'limit_conn c 2; limit_rate 100k;',
    })
    const source = createMemorySource(files, (file) => `${origin}/${file.path}`)
    const { target, over } = await download(transfersFor(origin, { limits: hasty }), source)
    expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: files.length, failedCount: 0 })
    expect(digestsBelow(target)).toEqual(digests)
    expect(logged().filter((each) => each.status === 503).length).toBeGreaterThan(0)
  })
})
