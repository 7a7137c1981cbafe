import { mkdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseBase } from '../api/request-policy.ts'
import { Failure } from '../failure.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { clientOf, createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const patient = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 100 }
const hello = Buffer.from('hello')

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

test('an error page that comes with status 200 asks for a fresh link and is not kept', async () => {
  const { url } = await origin((request, response) => {
    if (request.url === '/1')
      response.writeHead(200, { 'content-type': 'application/xml' }).end('<Error>Expired</Error>')
    else sendBody(request, response, hello)
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], (_, listing) => `${url}/${listing}`)
  const { target, over } = await download(transfersFor(url), source)
  expect((await over).status.state).toBe('done')
  expect(source.listings()).toBe(2)
  expect(await readFile(path.join(target, 'a'), 'utf8')).toBe('hello')
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

test('expired links are replaced by listing again once, and a file that is gone says so', async () => {
  const { url } = await origin((request, response) => {
    if (request.url?.startsWith('/1/')) response.writeHead(403).end('<Error>expired</Error>')
    else sendBody(request, response, hello)
  })
  const files = Array.from({ length: 30 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (file, listing) => `${url}/${listing}/${file.path}`)
  source.set(files.slice(1))
  // The first walk still sees all files.
  const all = createMemorySource(files, (file, listing) => `${url}/${listing}/${file.path}`)
  const { over } = await download(transfersFor(url), { ...source, files: all.files, total: all.total })
  expect(await over).toMatchObject({
    doneCount: 29,
    failedCount: 1,
    failures: [{ path: 'f0', error: { kind: 'not-found', message: expect.stringContaining('f0') } }],
  })
  // Sixteen were asked for at once and share one listing; the others come with the next.
  expect(source.listings()).toBeLessThanOrEqual(4)
})

test('files whose turn comes after their links expired are not asked for by those, however many there are', async () => {
  let asked = 0
  let refused = 0
  const { url } = await origin((request, response) => {
    asked += 1
    if (asked < 500 || request.url !== '/1') return sendBody(request, response, hello)
    refused += 1
    response.writeHead(403).end()
  })
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (_, listing) => `${url}/${listing}`)
  const { over } = await download(transfersFor(url, { limits: patient }), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
  // The first, the one that they share, and one for those that were on their way meanwhile.
  expect(source.listings()).toBeLessThanOrEqual(3)
  // Those that were on their way together.
  expect(refused).toBeLessThanOrEqual(64)
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

test('a link that expired before a retry is replaced, too', async () => {
  let hasBroken = true
  const { url } = await origin((request, response) => {
    if (hasBroken) response.writeHead(500).end()
    else if (request.url === '/1/a') response.writeHead(403).end()
    else response.end('here')
  })
  const transfers = transfersFor(url, { limits: { ...patient, firstRetryMilliseconds: 1 } })
  const source = createMemorySource([{ path: 'a', size: 4 }], (file, listing) => `${url}/${listing}/${file.path}`)
  const { id, target, over } = await download(transfers, source)
  expect((await over).status.state).toBe('failed')
  hasBroken = false
  transfers.retry(id)
  expect((await transfers.whenOver(id)).status.state).toBe('done')
  expect(await readFile(path.join(target, 'a'), 'utf8')).toBe('here')
})

test('what waits for a key goes on with the new one after a sign-in', async () => {
  const { url, requests } = await origin((request, response) => {
    if (request.headers['x-asteroid-agents-api-key'] === 'new-key') sendBody(request, response, hello)
    else response.writeHead(401).end()
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], () => '/a')
  let key = 'old-key'
  const refused = new Failure({ kind: 'unauthorized', message: 'The API refused the key.' })
  const transfers = transfersFor(url, { clientFor: async () => clientOf({ base: parseBase(url), key }) })
  const { id, over } = await download(transfers, {
    ...source,
    relist: (wanted) => (key === 'old-key' ? Promise.reject(refused) : source.relist(wanted)),
  })
  const { status } = await until(transfers, id, ({ status: now }) => now.state === 'waiting' && now.reason === 'key')
  expect(status).toMatchObject({ until: null, message: 'The API refused the key.' })
  const asked = requests.length
  key = 'new-key'
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(requests.slice(asked).join()).not.toContain('old-key')
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

const conflictCases = [
  { policy: 'keep-both', size: 3, older: true, files: ['a (2).txt', 'a.txt'], skipped: 0 },
  { policy: 'replace', size: 3, older: true, files: ['a.txt'], skipped: 0 },
  { policy: 'skip', size: 3, older: true, files: ['a.txt'], skipped: 1 },
  { policy: 'replace-if-newer', size: 3, older: true, files: ['a.txt'], skipped: 0 },
  { policy: 'replace-if-newer', size: 3, older: false, files: ['a.txt'], skipped: 1 },
  { policy: 'skip-if-same', size: 3, older: true, files: ['a (2).txt', 'a.txt'], skipped: 0 },
  { policy: 'skip-if-same', size: 5, older: null, files: ['a.txt'], skipped: 1 },
] as const

test.each(conflictCases)(
  'a taken name with $policy, older: $older',
  async ({ policy, size, older, files, skipped }) => {
    const { url } = await origin((request, response) => sendBody(request, response, hello))
    const source = createMemorySource([{ path: 'a.txt', size: 5 }], () => `${url}/a`)
    const target = await temporaryFolder()
    const mine = path.join(target, 'a.txt')
    await writeFile(mine, 'x'.repeat(size))
    const time = new Date(older === null ? '2026-01-02T03:04:05Z' : older ? '2020-01-01' : '2030-01-01')
    await utimes(mine, time, time)
    const transfers = transfersFor(url)
    const { id, over } = await download(transfers, source, { target, conflicts: policy })
    expect(await over).toMatchObject({ status: { state: 'done' }, skippedCount: skipped })
    expect(await filesBelow(target)).toEqual(files)
    expect(transfers.files(id, 0, 1).transfers).toMatchObject([{ target: files[0], renamed: files.length === 2 }])
    const replaced = skipped === 0 && files.length === 1
    expect(await readFile(mine, 'utf8')).toBe(replaced ? 'hello' : 'x'.repeat(size))
  },
)

test('what to do about taken names is asked once for all', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`)
  const source = createMemorySource(
    names.map((name) => ({ path: name, size: 5 })),
    () => `${url}/a`,
  )
  const target = await temporaryFolder()
  for (const name of names) await writeFile(path.join(target, name), 'mine')
  const transfers = transfersFor(url)
  const { id, over } = await download(transfers, source, { target, conflicts: 'ask' })
  const asking = await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
  expect(asking.conflict).toMatchObject({ existingSize: 4, newSize: 5 })
  transfers.answerConflict(id, 'replace', false)
  transfers.answerConflict(id, 'skip', true)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 200, skippedCount: 199, conflict: null })
})

test.each(['keep-both', 'replace'] as const)(
  'nobody is asked about files that are there as the run has them, also after the answer %s for all',
  async (policy) => {
    const { url, requests } = await origin((request, response) => sendBody(request, response, hello))
    // So many others first that the last of those that are the same are looked at after the answer.
    const names = Array.from({ length: 400 }, (_, index) => `f${index}`)
    const source = createMemorySource(
      names.map((name) => ({ path: name, size: 5 })),
      () => `${url}/a`,
    )
    const target = await temporaryFolder()
    const time = new Date('2026-01-02T03:04:05Z')
    for (const [index, name] of names.entries()) {
      await writeFile(path.join(target, name), 'HELLO')
      if (index >= 100) await utimes(path.join(target, name), time, time)
    }
    // A busy machine must not count as a silent server, which would be asked again.
    const transfers = transfersFor(url, { limits: patient })
    const { id, over } = await download(transfers, source, { target, conflicts: 'ask' })
    await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
    transfers.answerConflict(id, policy, true)
    expect(await over).toMatchObject({ doneCount: 400, skippedCount: 300, unchangedCount: 300, conflict: null })
    expect(requests).toHaveLength(100)
    const { transfers: files } = transfers.files(id, 0, 400)
    expect(files.find(({ path }) => path === 'f399')?.status).toEqual({ state: 'done', note: 'unchanged' })
    const beside = policy === 'keep-both' ? names.slice(0, 100).map((name) => `${name} (2)`) : []
    expect(await filesBelow(target)).toEqual([...names, ...beside].toSorted())
  },
)

test('nothing is written through a link that is in the way, nor over a folder', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const source = createMemorySource([{ path: 'linked/a' }, { path: 'b' }, { path: 'c' }], () => `${url}/a`)
  const [target, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
  await symlink(elsewhere, path.join(target, 'linked'))
  await symlink(path.join(elsewhere, 'b'), path.join(target, 'b.part'))
  await mkdir(path.join(target, 'c'))
  const { over } = await download(transfersFor(url), source, { target, conflicts: 'replace' })
  expect(await over).toMatchObject({ doneCount: 2, failedCount: 1, failures: [{ path: 'linked/a' }] })
  expect(await filesBelow(elsewhere)).toEqual([])
  expect(await filesBelow(target)).toEqual(['b', 'b.part', 'c (2)', 'linked'])
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
