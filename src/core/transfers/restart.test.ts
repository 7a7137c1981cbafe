import { readFileSync } from 'node:fs'
import { chmod, cp, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import type { FileSource } from './file-source.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { remember } from './journal/remembered.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const patient = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 }
const closable = (source: FileSource) => ({ ...source, close: async () => {} })

test('what was under way when the app was quit goes on from its bytes, by a fresh link; no link or key was written down', async () => {
  const body = bytesOf(5, 500_000)
  let isSlow = true
  const { url, requests } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 200_000))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], (_, listing) => `${url}/link-${listing}`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id, target } = await download(first, source)
  await until(first, id, ({ receivedBytes }) => receivedBytes === 200_000)
  await first.close()
  expect(await filesBelow(target)).toEqual(['a.part'])
  const [journal = ''] = await filesBelow(journalFolder)
  expect(await readFile(path.join(journalFolder, journal), 'utf8')).not.toMatch(/link-|secret-key|127\.0\.0\.1/)
  // Windows keeps a person's profile from others by itself.
  const isOthers = async () => ((await stat(path.join(journalFolder, journal))).mode & 0o077) !== 0
  if (process.platform !== 'win32') expect(await isOthers()).toBe(false)
  await chmod(path.join(journalFolder, journal), 0o644)

  isSlow = false
  await source.relist([])
  const second = transfersFor(url, { journalFolder, limits: patient, sourceFor: async () => closable(source) })
  await second.restore('paused')
  expect(second.list()).toMatchObject([{ id, status: { state: 'paused' } }])
  if (process.platform !== 'win32') expect(await isOthers()).toBe(false)
  second.resume(id)
  expect((await second.whenOver(id)).status).toEqual({ state: 'done', note: null })
  expect(requests.at(-1)).toMatch(/^GET \/link-2 .*"range":"bytes=200000-"/)
  expect((await readFile(path.join(target, 'a'))).equals(body)).toBe(true)
  expect([await filesBelow(target), await filesBelow(journalFolder)]).toEqual([['a'], []])
})

test('a restart goes on in the places that the batch had', async () => {
  const body = bytesOf(5, 300_000)
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 100_000))
  })
  const source = createMemorySource([{ path: 'workspace/a/b', size: body.length }], () => `${url}/b`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id, target } = await download(first, source, { layout: { leading: 2, folder: 'Run: 1' } })
  await until(first, id, ({ receivedBytes }) => receivedBytes === 100_000)
  await first.close()
  expect(await filesBelow(target)).toEqual(['Run_ 1/b.part'])
  isSlow = false
  const second = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  await second.restore('running')
  expect(second.placeOf(id)).toBe(path.join(target, 'Run_ 1'))
  await second.whenOver(id)
  expect(await filesBelow(target)).toEqual(['Run_ 1/b'])
})

test.each(['files', 'archive'] as const)(
  'the listing that a download of %s made for itself is closed at its end',
  async (kind) => {
    const { url } = await origin((_request, response) => response.end('hello'))
    const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
    const journalFolder = await temporaryFolder()
    const client = createClient({ base: parseBase(url), key: null })
    const clientFor = async () => client
    const first = transfersFor(url, { journalFolder, clientFor })
    const target = path.join(await temporaryFolder(), 'run')
    const { id } = await download(first, source, { conflicts: 'ask', kind, target })
    await first.close()
    const own = { ...source, close: vi.fn(async () => {}) }
    const second = transfersFor(url, { journalFolder, clientFor, sourceFor: async () => own })
    await second.restore('running')
    expect((await second.whenOver(id)).status).toEqual({ state: 'done', note: null })
    expect(own.close).toHaveBeenCalledOnce()
  },
)

test('a file that changed since the app was quit starts again', async () => {
  const [before, after] = [bytesOf(6, 300_000), bytesOf(7, 300_000)]
  let isSlow = true
  const { url, requests } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, after)
    response
      .writeHead(200, { 'content-length': before.length, etag: etagOf(before) })
      .write(before.subarray(0, 100_000))
  })
  const source = createMemorySource([{ path: 'a', size: 300_000 }], () => `${url}/a`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id, target } = await download(first, source)
  await until(first, id, ({ receivedBytes }) => receivedBytes === 100_000)
  await first.close()
  isSlow = false
  source.set([{ path: 'a', size: 300_000, updatedAt: '2026-05-05T05:05:05Z' }])
  const second = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  await second.restore('running')
  await second.whenOver(id)
  expect(requests.at(-1)).not.toContain('"range"')
  expect((await readFile(path.join(target, 'a'))).equals(after)).toBe(true)
  expect(await filesBelow(target)).toEqual(['a'])
})

test('a restart knows which files were there already, and asks about none of them', async () => {
  let isSlow = true
  const body = bytesOf(5, 300_000)
  const { url, requests } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 100_000))
  })
  const paths = ['a', 'b', 'c']
  const source = createMemorySource(
    paths.map((each) => ({ path: each, size: body.length })),
    () => `${url}/link`,
  )
  const target = await temporaryFolder()
  const time = new Date('2026-01-02T03:04:05Z')
  for (const name of ['a', 'b']) {
    await writeFile(path.join(target, name), body)
    await utimes(path.join(target, name), time, time)
  }
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id } = await download(first, source, { target, conflicts: 'ask' })
  await until(first, id, ({ doneCount, receivedBytes }) => doneCount === 2 && receivedBytes === 700_000)
  await first.close()
  isSlow = false
  const second = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  await second.restore('running')
  expect(await second.whenOver(id)).toMatchObject({ doneCount: 3, skippedCount: 2, unchangedCount: 2 })
  expect(requests.filter((request) => request.startsWith('GET'))).toHaveLength(2)
  expect(await filesBelow(target)).toEqual(paths)
})

test('a download outlives the listing that it was started from', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, Buffer.from('hello')))
  const files = Array.from({ length: 2_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, () => `${url}/a`)
  let walks = 0
  const closedSoon: FileSource = {
    ...source,
    async *files(nodes) {
      walks += 1
      const isPlan = walks === 1
      let given = 0
      for await (const some of source.files(nodes)) {
        if (!isPlan && given >= 600) throw new Error('This listing has been closed.')
        given += some.length
        yield some
      }
    },
  }
  const journalFolder = await temporaryFolder()
  const transfers = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  const { target, over } = await download(transfers, closedSoon)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 2_000 })
  expect((await filesBelow(target)).length).toBe(2_000)
})

test('an archive that was under way when the app was killed is made anew, and nothing else is left', async () => {
  const body = bytesOf(8, 300_000)
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 100_000))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const client = createClient({ base: parseBase(url), key: null })
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, clientFor: async () => client })
  const target = path.join(await temporaryFolder(), 'run.zip')
  const { id } = await download(first, source, { target, kind: 'archive' })
  await until(first, id, ({ receivedBytes }) => receivedBytes > 0)
  // What a kill would leave: it would not have cleared up.
  const atTheKill = await temporaryFolder()
  await cp(journalFolder, atTheKill, { recursive: true })
  await first.close()
  await writeFile(`${target}.part`, 'half an archive')
  isSlow = false
  const second = transfersFor(url, {
    journalFolder: atTheKill,
    clientFor: async () => client,
    sourceFor: async () => closable(source),
  })
  await second.restore('running')
  expect((await second.whenOver(id)).status).toEqual({ state: 'done', note: null })
  expect(await filesBelow(path.dirname(target))).toEqual(['run.zip'])
})

test('an archive of an earlier start that failed or was cancelled is made anew on Retry', async () => {
  const body = bytesOf(9, 300_000)
  let answer: 'slow' | 'gone' | 'whole' = 'slow'
  const { url } = await origin((request, response) => {
    if (answer === 'whole') return sendBody(request, response, body)
    if (answer === 'gone') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 100_000))
  })
  const files = ['a', 'b'].map((name) => ({ path: `workspace/${name}`, size: body.length }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const client = createClient({ base: parseBase(url), key: null })
  const journalFolder = await temporaryFolder()
  const options = { journalFolder, clientFor: async () => client, sourceFor: async () => closable(source) }
  const target = path.join(await temporaryFolder(), 'run.zip')
  const layout = { leading: 1, folder: null }
  const first = transfersFor(url, options)
  const { id } = await download(first, source, { target, kind: 'archive', layout })
  await until(first, id, ({ receivedBytes }) => receivedBytes > 0)
  await first.close()

  const second = transfersFor(url, options)
  await second.restore('running')
  await until(second, id, ({ receivedBytes }) => receivedBytes > 0)
  second.cancel(id)
  expect((await second.whenOver(id)).status.state).toBe('cancelled')
  answer = 'gone'
  second.retry(id)
  await until(second, id, ({ status, failedCount }) => status.state === 'failed' && failedCount === 2)
  answer = 'whole'
  second.retry(id)
  await until(second, id, ({ status }) => status.state === 'done')
  expect(second.list()).toMatchObject([{ id, doneCount: 2, fileCount: 2, failedCount: 0 }])
  expect((await filesBelow(path.dirname(target))).sort()).toContain(path.basename(second.placeOf(id) ?? ''))
  expect(await filesBelow(journalFolder)).toEqual([])
})

test('killed while another version was coming, a part file is never taken for the one before', async () => {
  const [before, after] = [bytesOf(10, 900_000), bytesOf(11, 900_000)]
  const answers: ServerResponse[] = []
  const { url } = await origin((_request, response) => {
    const body = answers.length === 0 ? before : after
    answers.push(response)
    // More than is gathered before it is written. The first is cut below; what comes afterwards goes on coming.
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 700_000))
  })
  const source = createMemorySource([{ path: 'a', size: 900_000 }], () => `${url}/a`)
  const journalFolder = await temporaryFolder()
  const transfers = transfersFor(url, { journalFolder, limits: patient })
  const { target } = await download(transfers, source)
  const [journal = ''] = await filesBelow(journalFolder)
  const heldOnDisk = () => remember(readFileSync(path.join(journalFolder, journal), 'utf8'))?.held.get(0)?.validator
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1))
  while (heldOnDisk() !== etagOf(before)) await turn()
  answers[0]?.destroy()
  while (!startOf(path.join(target, 'a.part')).equals(after.subarray(0, 1_000))) await turn()
  // What a kill at this moment would leave.
  const remembered = remember(readFileSync(path.join(journalFolder, journal), 'utf8'))
  expect(remembered?.begun.has(0)).toBe(true)
  expect(remembered?.held.get(0)?.validator ?? null).not.toBe(etagOf(before))
})

/** Empty also where there is none: the thread that fetches removes it meanwhile. */
function startOf(file: string): Buffer {
  try {
    return readFileSync(file).subarray(0, 1_000)
  } catch {
    return Buffer.alloc(0)
  }
}
