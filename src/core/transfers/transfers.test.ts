import { readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { filesBelow } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, hello, origin, patient, transfersFor, until } from './transfers.fixture.ts'

test('files arrive whole, under paths that never leave the target, with their time', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const files = ['workspace/a.txt', 'workspace/../../b.txt', 'workspace/A.TXT', 'workspace/a.txt/c', 'debug/ü.txt']
  const source = createMemorySource(
    files.map((each, index) => ({ path: each, id: `${index}`, size: 5 })),
    () => `${url}/x`,
  )
  const { target, over } = await download(transfersFor(url), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 5, receivedBytes: 25, totalBytes: 25 })
  expect(await filesBelow(target)).toEqual([
    'debug/ü.txt',
    'workspace/A (2).TXT',
    'workspace/__/__/b.txt',
    'workspace/a (3).txt/c',
    'workspace/a.txt',
  ])
  expect(await readFile(path.join(target, 'workspace/a.txt'), 'utf8')).toBe('hello')
  expect((await stat(path.join(target, 'workspace/a.txt'))).mtime.toISOString()).toBe('2026-01-02T03:04:05.000Z')
})

test('an empty file and one of unknown size arrive', async () => {
  const { url } = await origin((request, response) => {
    if (request.url === '/empty') response.end()
    else response.write('hel', () => response.end('lo'))
  })
  const source = createMemorySource(
    [{ path: 'empty', size: 0 }, { path: 'unknown' }],
    ({ path: name }) => `${url}/${name}`,
  )
  const { target, over } = await download(transfersFor(url), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, receivedBytes: 5, totalBytes: 5, unknownSizes: 0 })
  expect(await readFile(path.join(target, 'unknown'), 'utf8')).toBe('hello')
})

test('a file of the wrong size is never kept, and says so with its name', async () => {
  const { url } = await origin((request, response) => {
    if (request.url === '/chunked-long' || request.url === '/chunked-short') response.write('hel')
    response.end(request.url?.startsWith('/chunked') ? 'lo' : 'hello')
  })
  const source = createMemorySource(
    [
      { path: 'short', size: 10 },
      { path: 'long', size: 2 },
      { path: 'chunked-long', size: 2 },
      { path: 'chunked-short', size: 10 },
    ],
    (file) => `${url}/${file.path}`,
  )
  const { target, over } = await download(transfersFor(url), source)
  const batch = await over
  expect(batch).toMatchObject({ status: { state: 'failed' }, failedCount: 4, doneCount: 0, receivedBytes: 0 })
  for (const { path: name, error } of batch.failures) {
    expect(error.kind).toBe('wrong-size')
    expect(error.message).toContain(name)
  }
  expect(await filesBelow(target)).toEqual([])
})

test('the key goes to the API and never along a redirect to another origin', async () => {
  const storage = await origin((request, response) => sendBody(request, response, hello))
  const api = await origin((_, response) => response.writeHead(302, { location: `${storage.url}/redirected` }).end())
  const source = createMemorySource([{ path: 'direct' }, { path: 'led' }], (file) =>
    file.path === 'led' ? '/led' : `${storage.url}/direct`,
  )
  const { over } = await download(transfersFor(api.url), source)
  expect((await over).status.state).toBe('done')
  expect(api.requests.join()).toContain('"x-asteroid-agents-api-key":"secret-key"')
  expect(storage.requests.length).toBe(2)
  expect(storage.requests.join()).not.toMatch(/secret-key|referer/)
})

test('redirects in a circle end, and so does one to plain http elsewhere', async () => {
  const { url, requests } = await origin((request, response) =>
    response.writeHead(302, { location: request.url === '/elsewhere' ? 'http://storage.example/x' : '/round' }).end(),
  )
  const source = createMemorySource([{ path: 'round' }, { path: 'elsewhere' }], (file) => `${url}/${file.path}`)
  const { over } = await download(transfersFor(url), source)
  const batch = await over
  expect(batch.failures.map(({ error }) => error.kind)).toEqual(['unsafe-url', 'unsafe-url'])
  expect(requests.length).toBe(12)
})

test('a cut connection goes on from the bytes on disk', async () => {
  const body = bytesOf(1, 300_000)
  let asked = 0
  const { url, requests } = await origin((request, response) => {
    asked += 1
    if (asked > 1) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) })
    response.write(body.subarray(0, 100_000), () => response.destroy())
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const { target, over } = await download(transfersFor(url), source)
  expect((await over).status.state).toBe('done')
  expect(requests[1]).toMatch(/"range":"bytes=\d+-","if-range":/)
  expect((await readFile(path.join(target, 'a'))).equals(body)).toBe(true)
})

test('pause keeps what is there, and resume fetches only the rest', async () => {
  const body = bytesOf(2, 400_000)
  let asked = 0
  const { url, requests } = await origin((request, response) => {
    asked += 1
    if (asked > 1) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 150_000))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const transfers = transfersFor(url, { limits: patient })
  const { id, target, over } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === 150_000)
  transfers.pause(id)
  await until(transfers, id, ({ status }) => status.state === 'paused')
  while (!(await filesBelow(target)).includes('a.part')) await new Promise((resolve) => setTimeout(resolve, 5))
  transfers.resume(id)
  expect(await over).toMatchObject({ status: { state: 'done' }, receivedBytes: 400_000 })
  expect(requests[1]).toContain('"range":"bytes=150000-"')
  expect((await readFile(path.join(target, 'a'))).equals(body)).toBe(true)
  expect(await filesBelow(target)).toEqual(['a'])
})

test('cancelling leaves nothing behind, and a retry brings it after all', async () => {
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (isSlow) response.writeHead(200, { 'content-length': 5, etag: '"x"' }).write('he')
    else sendBody(request, response, hello)
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const transfers = transfersFor(url, { limits: patient })
  const { id, target, over } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  transfers.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(await filesBelow(target)).toEqual([])
  isSlow = false
  transfers.retry(id)
  expect((await transfers.whenOver(id)).status.state).toBe('done')
  expect(await filesBelow(target)).toEqual(['a'])
})

test('a server that stops sending is asked again', async () => {
  let asked = 0
  const { url } = await origin((request, response) => {
    asked += 1
    if (asked === 1) response.writeHead(200, { 'content-length': 5 }).write('he')
    else sendBody(request, response, hello)
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const { over } = await download(transfersFor(url), source)
  expect((await over).status.state).toBe('done')
  expect(asked).toBe(2)
})

test('a 429 holds back every file of the host for as long as it asks', async () => {
  let first = 0
  let refused = 0
  const { url } = await origin((request, response) => {
    first ||= Date.now()
    if (Date.now() < first + 1_000) {
      refused += 1
      response.writeHead(429, { 'retry-after': '1' }).end()
    } else sendBody(request, response, hello)
  })
  const files = Array.from({ length: 60 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, () => `${url}/a`)
  const { over } = await download(transfersFor(url), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 60 })
  // Those that were on their way together are refused together; no other is asked for.
  expect(refused).toBeLessThanOrEqual(16)
})

test('files that come packed unasked are unpacked, one after the other on the same connections', async () => {
  const body = Buffer.from('packed well '.repeat(20_000))
  const packed = gzipSync(body)
  const { url } = await origin((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed),
  )
  const files = Array.from({ length: 60 }, (_, index) => ({ path: `f${index}`, size: body.length }))
  const { target, over } = await download(
    transfersFor(url),
    createMemorySource(files, () => `${url}/a`),
  )
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 60 })
  expect((await readFile(path.join(target, 'f59'))).equals(body)).toBe(true)
})

test('a bandwidth limit slows all files together, and ends with the last of them', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, bytesOf(1, 40_000)))
  const files = Array.from({ length: 20 }, (_, index) => ({ path: `f${index}`, size: 40_000 }))
  const transfers = transfersFor(url, { limits: patient })
  transfers.setBandwidthLimit(800_000)
  const started = performance.now()
  const { over } = await download(
    transfers,
    createMemorySource(files, () => `${url}/a`),
  )
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 20 })
  // Never faster than asked; how much slower depends on the machine.
  expect(performance.now() - started).toBeGreaterThan(500)
})

test('where the folder is gone the whole batch stops, with the reason', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const files = Array.from({ length: 5_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, () => `${url}/a`)
  const transfers = transfersFor(url)
  const { id, target, over } = await download(transfers, source)
  await until(transfers, id, ({ doneCount }) => doneCount > 10)
  await rename(target, `${target}-gone`)
  const batch = await over
  expect(batch.status).toMatchObject({
    state: 'failed',
    error: { kind: 'disk', message: expect.stringContaining('folder') },
  })
  expect(batch.failedCount).toBeLessThan(300)
})
