import { readFile, stat, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { setEnvironmentData } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { remember } from './journal/remembered.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import type { Dies } from './pump/dying-pump.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const limits = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 1 }
const body = bytesOf(8, 600_000)
/** More than a thread gathers before it writes. */
const begun = 300_000
/** Asked for after some of them. */
const rest = /"range":"bytes=[1-9]\d*-"/

/** Downloads one file of which the first answer is only the beginning, by a thread that dies once. */
async function start(dies: Omit<Dies, 'mark' | 'bytes'>) {
  const first: ServerResponse[] = []
  const { url, requests } = await origin((request, response) => {
    if (first.length > 0 || dies.when === 'a file has its name') return sendBody(request, response, body)
    first.push(response)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, begun))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const pumpEntry = new URL('./pump/dying-pump.fixture.ts', import.meta.url)
  setEnvironmentData('dies', { ...dies, bytes: begun, mark: path.join(await temporaryFolder(), 'died') })
  const journalFolder = await temporaryFolder()
  const transfers = transfersFor(url, { pumpEntry, journalFolder, limits })
  return { transfers, source, requests, journalFolder }
}

async function isWhole(target: string): Promise<boolean> {
  return (await readFile(path.join(target, 'a'))).equals(body)
}

test.each(['throws', 'exits'] as const)(
  'a file goes on from its bytes when the thread that fetched it dies (%s)',
  async (how) => {
    const { transfers, source, requests, journalFolder } = await start({ when: 'bytes have come', tells: true, how })
    const { target, over } = await download(transfers, source)
    expect(await over).toMatchObject({ status: { state: 'done' }, receivedBytes: body.length })
    expect(requests.length).toBe(2)
    expect(requests[1]).toMatch(rest)
    expect([await isWhole(target), await filesBelow(target)]).toEqual([true, ['a']])
    expect(await filesBelow(journalFolder)).toEqual([])
  },
)

test('a thread that dies before it told of any bytes leaves no part file', async () => {
  const { transfers, source } = await start({ when: 'bytes have come', tells: false, how: 'throws' })
  const { target, over } = await download(transfers, source)
  expect((await over).status.state).toBe('done')
  expect([await isWhole(target), await filesBelow(target)]).toEqual([true, ['a']])
})

test('a file that had its name when its thread died is not brought twice', async () => {
  const { transfers, source, requests } = await start({ when: 'a file has its name', tells: false, how: 'throws' })
  const { target, over } = await download(transfers, source)
  expect((await over).status.state).toBe('done')
  expect([await isWhole(target), await filesBelow(target), requests.length]).toEqual([true, ['a'], 1])
})

test('nor one that had a numbered name, since a person’s own file has the first', async () => {
  const { transfers, source, requests } = await start({ when: 'a file has its name', tells: false, how: 'throws' })
  const target = await temporaryFolder()
  await writeFile(path.join(target, 'a'), 'mine')
  const { id, over } = await download(transfers, source, { target })
  expect((await over).status.state).toBe('done')
  expect([await filesBelow(target), requests.length]).toEqual([['a', 'a (2)'], 1])
  expect(transfers.placeOf(id)).toBe(path.join(target, 'a (2)'))
  expect(await readFile(path.join(target, 'a'), 'utf8')).toBe('mine')
})

test('a person’s own file under the part’s name is left alone when the thread dies', async () => {
  const { transfers, source } = await start({ when: 'bytes have come', tells: false, how: 'throws' })
  const target = await temporaryFolder()
  await writeFile(path.join(target, 'a.part'), 'mine')
  const { over } = await download(transfers, source, { target })
  expect((await over).status.state).toBe('done')
  expect([await isWhole(target), await filesBelow(target)]).toEqual([true, ['a', 'a.part']])
  expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe('mine')
})

test('a file whose thread dies while it is being paused goes on from its bytes when it is resumed', async () => {
  const { transfers, source, requests } = await start({ when: 'it is told to stop', tells: true, how: 'throws' })
  const { id, target } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === begun)
  transfers.pause(id)
  await until(transfers, id, ({ status }) => status.state === 'paused')
  transfers.resume(id)
  expect((await transfers.whenOver(id)).status.state).toBe('done')
  expect(requests[1]).toMatch(rest)
  expect([await isWhole(target), await filesBelow(target)]).toEqual([true, ['a']])
})

test('a file whose thread dies while it is being cancelled leaves nothing', async () => {
  const { transfers, source } = await start({ when: 'it is told to stop', tells: true, how: 'throws' })
  const { id, target } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === begun)
  transfers.cancel(id)
  expect((await transfers.whenOver(id)).status.state).toBe('cancelled')
  expect(await filesBelow(target)).toEqual([])
})

test('an app that is quit while a thread dies goes on from the bytes at its next start', async () => {
  const { transfers, source, journalFolder } = await start({ when: 'it is told to stop', tells: true, how: 'exits' })
  const { id, target } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === begun)
  await transfers.close()
  expect(await filesBelow(target)).toEqual(['a.part'])
  const [journal = ''] = await filesBelow(journalFolder)
  const { size } = await stat(path.join(target, 'a.part'))
  const remembered = remember(await readFile(path.join(journalFolder, journal), 'utf8'))
  expect(remembered?.batch.id).toBe(id)
  expect(remembered?.held.get(0)).toMatchObject({ bytes: size, validator: etagOf(body) })
})
