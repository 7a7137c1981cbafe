import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { Failure } from '../failure.ts'
import { openListing } from '../listing/open-listing.ts'
import { listingWorkerUrl } from '../listing/thread/worker-url.ts'
import { silentLogger } from '../log/logger.ts'
import type { FileSource } from './file-source.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource, executionId } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const workerUrl = listingWorkerUrl(new URL('../../main/index.ts', import.meta.url).href)
const quick = { connectMilliseconds: 2_000, stallMilliseconds: 5_000, firstRetryMilliseconds: 1 }
const closable = (source: FileSource) => ({ ...source, close: async () => {} })

test('a download asks for fresh links itself once the listing that it was started from is closed', async () => {
  const body = bytesOf(3, 300_000)
  let listings = 0
  let cut = () => {}
  const { url } = await origin((request, response) => {
    if (request.url?.endsWith('/files')) {
      listings += 1
      const file = { id: '1', filePath: 'a', fileName: 'a', fileSize: body.length, updatedAt: '2026-01-01T00:00:00Z' }
      const files = [{ ...file, downloadUrl: `${url}/link-${listings}` }]
      return void response.end(JSON.stringify({ directories: { workspace: files } }))
    }
    if (request.url !== '/link-1') return sendBody(request, response, body)
    // The first link expires once it has given a part.
    if (request.headers.range) return void response.writeHead(403).end()
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 100_000))
    cut = () => response.destroy()
  })
  const client = createClient({ base: parseBase(url), key: 'k' })
  const open = async () => {
    const execution = { executionId, source: 'account' } as const
    const listing = await openListing({
      execution,
      currentClient: async () => client,
      cacheFolder: null,
      workerUrl,
      log: silentLogger,
      onChange() {},
    })
    onTestFinished(() => listing.close())
    await listing.whenLoaded()
    return listing
  }
  const listing = await open()
  const transfers = transfersFor(url, { clientFor: async () => client, sourceFor: open, limits: quick })
  const { id, target, over } = await download(transfers, listing)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === 100_000)
  await listing.close()
  cut()
  expect((await over).status).toEqual({ state: 'done', note: null })
  expect(await filesBelow(target)).toEqual(['workspace/a'])
})

test('after its listing failed for good, trying again brings every file that was missing', async () => {
  const { url } = await origin((_request, response) => response.end('hello'))
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: quick })
  const { id, target } = await download(first, source)
  await until(first, id, ({ doneCount }) => doneCount > 0)
  first.pause(id)
  await first.close()

  let isDown = true
  const sourceFor = async () => {
    if (isDown) throw new Failure({ kind: 'server-error', status: 503, message: 'The server is busy.' })
    return closable(source)
  }
  const second = transfersFor(url, { journalFolder, limits: quick, sourceFor })
  await second.restore('running')
  second.resume(id)
  expect((await second.whenOver(id)).status.state).toBe('failed')
  second.retry(id)
  expect((await second.whenOver(id)).status.state).toBe('failed')
  isDown = false
  second.retry(id)
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
  expect((await filesBelow(target)).length).toBe(1_000)
  expect(await filesBelow(journalFolder)).toEqual([])
}, 60_000)

test('without a journal, too, trying again after the walk of the files failed brings those that were missing', async () => {
  const { url } = await origin((_request, response) => response.end('hello'))
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  let isDown = true
  const failing: FileSource = {
    ...source,
    async *files(nodes) {
      let given = 0
      for await (const some of source.files(nodes)) {
        if (isDown && given >= 600) throw new Failure({ kind: 'bad-response', message: 'The listing broke off.' })
        given += some.length
        yield some
      }
    },
  }
  const transfers = transfersFor(url, { limits: quick })
  const { id, over, target } = await download(transfers, failing, { files: { what: 'nodes', nodes: [0] } })
  expect((await over).status.state).toBe('failed')
  transfers.retry(id)
  expect((await transfers.whenOver(id)).status.state).toBe('failed')
  isDown = false
  transfers.retry(id)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
  expect((await filesBelow(target)).length).toBe(1_000)
})

test.each([
  ['is no longer in the run', async () => [null]],
  [
    'fails for good',
    async () => {
      throw new Failure({ kind: 'bad-response', message: 'Not a listing.' })
    },
  ],
] as const)('a download whose last file asks for a fresh link and %s is over', async (_, relist) => {
  const { url } = await origin((_request, response) => response.writeHead(403).end())
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const { over } = await download(transfersFor(url, { limits: quick }), { ...source, relist })
  expect(await over).toMatchObject({ status: { state: 'failed' }, failedCount: 1 })
})

test('files that are walked after links were renewed come by those they have, where the newest can’t be asked for', async () => {
  let asked = 0
  const { url } = await origin((_request, response) => {
    asked += 1
    if (asked <= 4) response.writeHead(403).end()
    else response.end('hello')
  })
  const files = Array.from({ length: 900 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, (file, listing) => `${url}/${listing}/${file.path}`)
  let times = 0
  const newest: FileSource['newest'] = async () => {
    times += 1
    throw new Failure({ kind: 'bad-response', message: 'Not a listing.' })
  }
  const { over } = await download(transfersFor(url, { limits: quick }), { ...source, newest })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 900 })
  expect([source.listings() > 1, times > 0]).toEqual([true, true])
})
