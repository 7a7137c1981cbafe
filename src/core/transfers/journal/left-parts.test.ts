import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createClient } from '../../api/client.ts'
import { parseBase } from '../../api/request-policy.ts'
import { type LogFields, silentLogger } from '../../log/logger.ts'
import type { FileSource } from '../file-source.ts'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from '../origin.fixture.ts'
import { download, origin, transfersFor, until } from '../transfers.fixture.ts'
import { createJournalFolder } from './journal-folder.ts'
import { toLine } from './lines.ts'

const patient = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 }
const closable = (source: FileSource) => ({ ...source, close: async () => {} })

async function journalIn(folder: string): Promise<string> {
  const [name = ''] = await filesBelow(folder)
  return path.join(folder, name)
}

test.each(['mine', ''])(
  'a person’s own file (%j) beside a name that is asked about outlives a restart',
  async (mine) => {
    const { url } = await origin((request, response) => sendBody(request, response, bytesOf(1, 5)))
    const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
    const [target, journalFolder] = [await temporaryFolder(), await temporaryFolder()]
    for (const name of ['a', 'a.part']) await writeFile(path.join(target, name), mine)
    const first = transfersFor(url, { journalFolder })
    const { id } = await download(first, source, { target, conflicts: 'ask' })
    await until(first, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
    await first.close()
    const second = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
    await second.restore('running')
    await until(second, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
    second.answerConflict(id, 'keep-both', true)
    expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' } })
    expect(await filesBelow(target)).toEqual(['a', 'a (2)', 'a.part'])
    expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe(mine)
  },
)

test('a person’s own file under the part’s name of a file that never came outlives a restart', async () => {
  let isThere = false
  const { url } = await origin((request, response) => {
    if (isThere) sendBody(request, response, bytesOf(1, 5))
    else response.writeHead(410).end()
  })
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder })
  const { id, target, over } = await download(first, source)
  expect(await over).toMatchObject({ status: { state: 'failed' } })
  await first.close()
  await writeFile(path.join(target, 'a.part'), 'mine')
  isThere = true
  const second = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  await second.restore('running')
  second.resume(id)
  second.retry(id)
  await until(second, id, ({ status }) => status.state === 'done')
  expect(await filesBelow(target)).toEqual(['a', 'a.part'])
  expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe('mine')
})

test('a person’s own file beside an archive outlives a restart that comes before the archive’s own part was made', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, bytesOf(1, 5)))
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const [folder, journalFolder] = [await temporaryFolder(), await temporaryFolder()]
  const target = path.join(folder, 'run.zip')
  const client = createClient({ base: parseBase(url), key: null })
  const clientFor = async () => client
  await writeFile(`${target}.part`, 'mine')
  const first = transfersFor(url, { journalFolder, clientFor })
  const { id } = await download(first, source, { target, kind: 'archive', conflicts: 'keep-both' })
  // What a kill would leave that comes before the name was found to be taken.
  const atTheKill = await temporaryFolder()
  await cp(journalFolder, atTheKill, { recursive: true })
  await first.close()
  const [begin = '', boot = ''] = (await readFile(await journalIn(atTheKill), 'utf8')).split('\n')
  const begun = toLine({ record: 'begun', items: [[0, 1]] })
  await writeFile(await journalIn(atTheKill), `${begin}\n${boot}\n${begun}`)
  await rm(target, { force: true })
  const sourceFor = async () => closable(source)
  const second = transfersFor(url, { journalFolder: atTheKill, clientFor, sourceFor })
  await second.restore('running')
  expect((await second.whenOver(id)).status).toEqual({ state: 'done', note: null })
  expect(await filesBelow(folder)).toEqual(['run.zip', 'run.zip.part'])
  expect(await readFile(`${target}.part`, 'utf8')).toBe('mine')
})

test('after a loss of power only flushed bytes count, also when a start was left paused in between', async () => {
  const body = bytesOf(5, 500_000)
  let isSlow = true
  const { url, requests } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 300_000))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id, target } = await download(first, source)
  await until(first, id, ({ receivedBytes }) => receivedBytes === 300_000)
  await first.close()
  // The computer lost its power: 100,000 bytes had reached the disk, and zeros are where the others were.
  const part = path.join(target, 'a.part')
  truncateSync(part, 100_000)
  truncateSync(part, 300_000)
  const held = { record: 'held', index: 0, validator: etagOf(body), size: 500_000, updatedAt: '2026-01-02T03:04:05Z' }
  const journal = await journalIn(journalFolder)
  const otherBoot = toLine({ record: 'boot', boot: 'another start' })
  appendFileSync(journal, [otherBoot, toLine({ ...held, bytes: 100_000, synced: true })].join(''))
  appendFileSync(journal, toLine({ ...held, bytes: 300_000, synced: false }))
  isSlow = false

  const sourceFor = async () => closable(source)
  const paused = transfersFor(url, { journalFolder, sourceFor })
  await paused.restore('paused')
  await paused.close()
  const third = transfersFor(url, { journalFolder, sourceFor })
  await third.restore('running')
  third.resume(id)
  expect((await third.whenOver(id)).status).toMatchObject({ state: 'done' })
  expect(requests.at(-1)).toContain('"range":"bytes=100000-"')
  expect(readFileSync(path.join(target, 'a')).equals(body)).toBe(true)
})

test('what was not flushed is cut off before this start of the computer counts as the one that wrote it', async () => {
  const body = bytesOf(5, 500_000)
  let state: 'slow' | 'silent' | 'well' = 'slow'
  const { url } = await origin((request, response) => {
    if (state === 'well') return sendBody(request, response, body)
    if (state === 'slow')
      response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 300_000))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits: patient })
  const { id, target } = await download(first, source)
  await until(first, id, ({ receivedBytes }) => receivedBytes === 300_000)
  await first.close()
  const part = path.join(target, 'a.part')
  writeFileSync(part, Buffer.concat([body.subarray(0, 100_000), Buffer.alloc(200_000)]))
  const held = { record: 'held', index: 0, validator: etagOf(body), size: 500_000, updatedAt: '2026-01-02T03:04:05Z' }
  const journal = await journalIn(journalFolder)
  appendFileSync(journal, toLine({ ...held, bytes: 100_000, synced: true }))
  appendFileSync(journal, toLine({ record: 'boot', boot: 'another start' }))
  state = 'silent'
  const second = transfersFor(url, { journalFolder, limits: patient, sourceFor: async () => closable(source) })
  await second.restore('running')
  expect(second.list()).toMatchObject([{ receivedBytes: 100_000 }])
  await expect.poll(() => statSync(part).size).toBe(100_000)
  await second.close()
  state = 'well'
  const third = transfersFor(url, { journalFolder, sourceFor: async () => closable(source) })
  await third.restore('running')
  await third.whenOver(id)
  expect(readFileSync(path.join(target, 'a')).equals(body)).toBe(true)
})

test('a journal that can’t be read is kept aside and told of; one that was torn at its start is not', async () => {
  const folder = await temporaryFolder()
  const whole = toLine({ record: 'paused', paused: true })
  await writeFile(path.join(folder, 'damaged.journal'), `damaged\n${whole}`)
  await writeFile(path.join(folder, 'torn.journal'), '1234abcd {"record":"ba')
  await writeFile(path.join(folder, 'empty.journal'), '')
  await writeFile(path.join(folder, 'damaged.journal.1234567'), whole)
  await writeFile(path.join(folder, 'older.journal.broken'), 'kept before')
  const lines: (LogFields | undefined)[] = []
  const log = { ...silentLogger, error: (_: string, fields?: LogFields) => void lines.push(fields) }
  expect(await createJournalFolder(folder, log).remembered()).toEqual([])
  expect(await filesBelow(folder)).toEqual(['damaged.journal.broken', 'older.journal.broken'])
  expect(await readFile(path.join(folder, 'damaged.journal.broken'), 'utf8')).toBe(`damaged\n${whole}`)
  expect(lines).toEqual([{ file: path.join(folder, 'damaged.journal'), error: 'damaged' }])
})

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a journal that the system does not let us read is kept aside',
  async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'a.journal'), 'a')
    await chmod(path.join(folder, 'a.journal'), 0o000)
    await createJournalFolder(folder, silentLogger).remembered()
    expect(await filesBelow(folder)).toEqual(['a.journal.broken'])
  },
)
