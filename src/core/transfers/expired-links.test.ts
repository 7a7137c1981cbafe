import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseBase } from '../api/request-policy.ts'
import { Failure } from '../failure.ts'
import { clientOf, createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, hello, origin, patient, transfersFor, until } from './transfers.fixture.ts'

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
