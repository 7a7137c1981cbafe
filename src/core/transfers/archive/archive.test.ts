import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createClient } from '../../api/client.ts'
import { parseBase } from '../../api/request-policy.ts'
import { Failure } from '../../failure.ts'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from '../origin.fixture.ts'
import { download, origin, transfersFor, until } from '../transfers.fixture.ts'
import { hasPython } from './unpacked.fixture.ts'
import { endRecords, localHeader } from './zip-records.ts'

/** What an independent reader finds in an archive, after checking every sum. */
function readBack(file: string): { name: string; size: number; stored: boolean; year: number }[] {
  const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([{"name": i.filename, "size": i.file_size, "stored": i.compress_type == 0, "year": i.date_time[0]} for i in z.infolist()]))`
  return JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }))
}

const transfersTo = (base: string) => {
  const client = createClient({ base: parseBase(base), key: 'secret-key' })
  return transfersFor(base, { clientFor: async () => client })
}

test.skipIf(!hasPython)('a selection arrives as one archive that another program reads', async () => {
  const bodies = new Map([
    ['workspace/übung 日本.txt', Buffer.from('hello '.repeat(1_000))],
    ['workspace/picture.png', bytesOf(1, 400_000)],
    ['downloads/empty', Buffer.alloc(0)],
    ['downloads/large.csv', Buffer.from('1,2,3\n'.repeat(200_000))],
  ])
  const { url } = await origin((request, response) =>
    sendBody(request, response, bodies.get(decodeURIComponent(request.url ?? '').slice(1)) ?? Buffer.alloc(0)),
  )
  const files = [...bodies].map(([name, body]) => ({ path: name, size: body.length }))
  const source = createMemorySource(files, (file) => `${url}/${encodeURIComponent(file.path)}`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  await writeFile(target, 'mine')
  const transfers = transfersTo(url)
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 4 })
  const made = path.join(path.dirname(target), 'run (2).zip')
  expect(transfers.placeOf(id)).toBe(made)
  expect(readBack(made)).toEqual(
    [...bodies].map(([name, body]) => ({ name, size: body.length, stored: name.endsWith('.png'), year: 2026 })),
  )
  expect((await stat(made)).size).toBeLessThan(450_000)
  expect(await filesBelow(path.dirname(target))).toEqual(['run (2).zip', 'run.zip'])
})

test.skipIf(!hasPython)('a file that fails is left out and named, and a cut one goes on', async () => {
  const body = bytesOf(3, 700_000)
  let asked = 0
  const { url, requests } = await origin((request, response) => {
    if (request.url === '/wrong') return void response.end('wrong')
    asked += 1
    if (asked > 1) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) })
    response.write(body.subarray(0, 300_000), () => setTimeout(() => response.destroy(), 50))
  })
  const files = [
    { path: 'wrong', size: 100 },
    { path: 'cut.bin', size: body.length },
  ]
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { over } = await download(transfersTo(url), source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'failed' }, doneCount: 1, failures: [{ path: 'wrong' }] })
  expect(readBack(target)).toMatchObject([{ name: 'cut.bin', size: 700_000 }])
  expect(requests.at(-1)).toContain('"range":"bytes=')
})

test('an archive of many files lists again once when their links expire', async () => {
  let asked = 0
  let refused = 0
  const { url } = await origin((request, response) => {
    asked += 1
    if (asked < 100 || !request.url?.startsWith('/1/')) return sendBody(request, response, Buffer.from('hello'))
    refused += 1
    response.writeHead(403).end()
  })
  const files = Array.from({ length: 900 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (file, listing) => `${url}/${listing}/${file.path}`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { over } = await download(transfersTo(url), source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 900 })
  expect(source.listings()).toBe(2)
  // Those that were fetched ahead, and the one whose turn it was.
  expect(refused).toBeLessThanOrEqual(34)
})

test('cancelling an archive leaves nothing behind, and a retry makes it after all', async () => {
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (isSlow) response.writeHead(200, { 'content-length': 1_000_000 }).write('some')
    else sendBody(request, response, bytesOf(1, 1_000_000))
  })
  const source = createMemorySource([{ path: 'a', size: 1_000_000 }], () => `${url}/a`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  const transfers = transfersTo(url)
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  transfers.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(existsSync(path.dirname(target)) && (await filesBelow(path.dirname(target)))).toEqual([])
  isSlow = false
  transfers.retry(id)
  await until(transfers, id, ({ status }) => status.state === 'done')
  expect(await filesBelow(path.dirname(target))).toEqual(['run.zip'])
})

test('an archive waits while the run can’t be listed for a fresh link', async () => {
  let refused = 0
  const { url } = await origin((request, response) => {
    if (request.url === '/2') sendBody(request, response, Buffer.from('hello'))
    else response.writeHead(403).end()
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], (_, listing) => `${url}/${listing}`)
  const relist: typeof source.relist = async (wanted) => {
    refused += 1
    if (refused <= 2) throw new Failure({ kind: 'server-error', status: 503, message: 'The server is busy.' })
    return source.relist(wanted)
  }
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { over } = await download(transfersTo(url), { ...source, relist }, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1 })
  expect(await filesBelow(path.dirname(target))).toEqual(['run.zip'])
})

test('pausing an archive that asks for a fresh link keeps it', async () => {
  const { url } = await origin((request, response) => {
    if (request.url === '/2') sendBody(request, response, Buffer.from('hello'))
    else response.writeHead(403).end()
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], (_, listing) => `${url}/${listing}`)
  let isAsked = () => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  let times = 0
  const relist: typeof source.relist = (wanted, signal) => {
    times += 1
    if (times > 1) return source.relist(wanted)
    isAsked()
    return new Promise((_, reject) => {
      const stop = () => reject(new Failure({ kind: 'cancelled', message: 'You cancelled this.' }))
      signal?.addEventListener('abort', stop)
    })
  }
  const target = path.join(await temporaryFolder(), 'run.zip')
  const transfers = transfersTo(url)
  const { id, over } = await download(transfers, { ...source, relist }, { target, kind: 'archive' })
  await asked
  transfers.pause(id)
  await until(transfers, id, ({ status }) => status.state === 'paused')
  transfers.resume(id)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1 })
})

test('sizes and counts beyond the classic limits get zip64 records', () => {
  expect(endRecords({ count: 3, size: 100, offset: 1_000 }).length).toBe(22)
  const large = endRecords({ count: 100_000, size: 100, offset: 5 * 1024 ** 3 })
  expect(large.readUInt32LE(0)).toBe(0x06064b50)
  expect(large.readBigUInt64LE(32)).toBe(100_000n)
  expect(large.readBigUInt64LE(48)).toBe(BigInt(5 * 1024 ** 3))
  const entry = { name: 'a', isDeflated: false, updatedAt: null, crc: 0, packedSize: 0, size: 0, offset: 0 }
  expect(localHeader(entry).length).toBe(localHeader({ ...entry, size: 2 ** 40, packedSize: 2 ** 40 }).length)
})

test('a file that is damaged on the way is asked for again, and left out where it stays damaged', async () => {
  const body = Buffer.from('123456789')
  let asked = 0
  const { url } = await origin((request, response) => {
    response.setHeader('x-goog-hash', 'crc32c=4waSgw==')
    const isRight = request.url === '/mended' && ++asked > 2
    sendBody(request, response, isRight ? body : Buffer.from('damaged!!'))
  })
  const files = ['damaged', 'mended'].map((name) => ({ path: name, size: body.length }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { over } = await download(transfersTo(url), source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ doneCount: 1, failures: [{ path: 'damaged', error: { kind: 'wrong-size' } }] })
  if (hasPython) expect(readBack(target)).toMatchObject([{ name: 'mended', size: body.length }])
})

test('a server that sends a file of an archive byte by byte is asked again, from where it was', async () => {
  const body = bytesOf(4, 400_000)
  let asked = 0
  const { url, requests } = await origin((request, response) => {
    asked += 1
    if (asked > 1) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) })
    let at = 0
    const drip = setInterval(() => response.write(body.subarray(at, ++at)), 10)
    response.on('close', () => clearInterval(drip))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const target = path.join(await temporaryFolder(), 'run.zip')
  const client = createClient({ base: parseBase(url), key: null })
  const limits = { connectMilliseconds: 2_000, stallMilliseconds: 50, firstRetryMilliseconds: 10 }
  const transfers = transfersFor(url, { clientFor: async () => client, limits })
  const { over } = await download(transfers, source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1 })
  expect(requests.length).toBe(2)
  expect(requests[1]).toContain('"range":"bytes=')
})

test('an archive keeps to the bandwidth limit, with small files as with large ones', async () => {
  const { url } = await origin((request, response) =>
    sendBody(request, response, bytesOf(1, Number(request.url?.slice(1)))),
  )
  const files = [400_000, ...Array.from({ length: 20 }, () => 20_000)].map((size, index) => ({
    path: `f${index}`,
    size,
  }))
  const source = createMemorySource(files, (file) => `${url}/${file.size}`)
  const transfers = transfersTo(url)
  transfers.setBandwidthLimit(400_000)
  const started = performance.now()
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { over } = await download(transfers, source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 21 })
  // Never faster than asked; how much slower depends on the machine.
  expect(performance.now() - started).toBeGreaterThan(1_500)
})
