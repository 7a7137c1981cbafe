import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { digestsBelow } from '../api/digests.fixture.ts'
import { hasNginx, type Logged, startNginx } from '../api/nginx.fixture.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf } from './origin.fixture.ts'
import { download, transfersFor, until } from './transfers.fixture.ts'

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
  return { ...nginx, files, folder, digests: digestsBelow(folder) }
}

function startOf(logged: Logged | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(logged?.range ?? '')?.[1] ?? 0)
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

  const secureLinks = `secure_link $arg_md5,$arg_expires; secure_link_md5 "$secure_link_expires$uri secret";
    if ($secure_link = "") { return 403; } if ($secure_link = "0") { return 410; }`

  /** Makes links that die one to two seconds after their listing. */
  function shortLived(origin: string) {
    const expiries: number[] = []
    return (file: { readonly path: string }, listing: number) => {
      const expires = expiries[listing] ?? Math.floor(Date.now() / 1_000) + 1
      expiries[listing] = expires
      const md5 = createHash('md5').update(`${expires}/${file.path} secret`).digest('base64url')
      return `${origin}/${file.path}?md5=${md5}&expires=${expires}`
    }
  }

  test('links that expire while a batch runs cost one listing for all that it touches', async () => {
    const { origin, files, digests, logged } = await serve({
      count: 80,
      bytes: 150_000,
      server: `${secureLinks} limit_rate 100k;`,
    })
    const source = createMemorySource(files, shortLived(origin))
    const { target, over } = await download(transfersFor(origin, { limits: hasty }), source)
    expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: files.length, failedCount: 0 })
    expect(digestsBelow(target)).toEqual(digests)
    const expired = logged().filter(({ status }) => status === 410).length
    expect(expired).toBeGreaterThan(0)
    // Each listing answers all that was refused since the one before.
    expect(source.listings() - 1).toBeLessThanOrEqual(Math.ceil(expired / 4) + 1)
  })

  test('a file whose link expired half way goes on from its bytes by a fresh one', async () => {
    const { origin, files, folder, digests, logged } = await serve({
      count: 1,
      bytes: 3_000_000,
      // A clock would let the first request come too late on a busy computer.
      server: 'if (-f $document_root/over-$arg_listing) { return 410; } limit_rate 500k;',
    })
    const source = createMemorySource(files, (file, listing) => `${origin}/${file.path}?listing=${listing}`)
    const transfers = transfersFor(origin, { limits: hasty })
    const { id, target, over } = await download(transfers, source)
    await until(transfers, id, ({ receivedBytes }) => receivedBytes > 400_000)
    transfers.pause(id)
    await until(transfers, id, () => logged().length === 1)
    await writeFile(path.join(folder, 'over-1'), '')
    transfers.resume(id)
    expect((await over).status.state).toBe('done')
    expect([source.listings(), digestsBelow(target)]).toEqual([2, digests])
    expect(logged().map(({ status }) => status)).toEqual([200, 410, 206])
    expect(startOf(logged().at(-1))).toBeGreaterThan(400_000)
    expect(logged().at(-1)?.ifRange).toMatch(/^".+"$/)
  })

  test('a slow file that is stopped twice comes in three pieces, with at most its last mebibyte fetched twice', async () => {
    const { origin, files, digests, logged } = await serve({
      count: 1,
      bytes: 4_000_000,
      server: 'limit_rate 1m;',
    })
    const source = createMemorySource(files, (file) => `${origin}/${file.path}`)
    const transfers = transfersFor(origin, { limits: hasty })
    const { id, target, over } = await download(transfers, source)
    for (const bytes of [1_500_000, 3_000_000]) {
      await until(transfers, id, ({ receivedBytes }) => receivedBytes > bytes)
      transfers.pause(id)
      transfers.resume(id)
    }
    expect((await over).status.state).toBe('done')
    expect(digestsBelow(target)).toEqual(digests)
    const pieces = logged().map((each) => ({ from: startOf(each), to: startOf(each) + each.bodyBytes }))
    expect(pieces.length).toBe(3)
    pieces.slice(1).forEach(({ from }, index) => {
      const sent = pieces[index]?.to ?? 0
      expect(from).toBeGreaterThan(sent - 1024 * 1024)
      expect(from).toBeLessThanOrEqual(sent)
    })
  })
})
