import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Batch } from '../../shared/models/transfer.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const limits = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 }
const body = bytesOf(5, 300_000)

/** A batch that was quit with one file whole, and 100,000 bytes of two others; `changes` are what a later start tells. */
async function quitHalfWay() {
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (!isSlow || request.url === '/whole') return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 100_000))
  })
  const files = ['whole', 'some', 'other'].map((name) => ({ path: name, size: body.length }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits })
  const { id, target } = await download(first, source)
  await until(first, id, ({ receivedBytes }) => receivedBytes === 500_000)
  await first.close()
  isSlow = false
  const changes: Batch[] = []
  const later = transfersFor(url, {
    journalFolder,
    limits,
    sourceFor: async () => ({ ...source, close: async () => {} }),
    onChange: (batches) => changes.push(...batches),
  })
  return { later, id, target, journalFolder, changes }
}

test('after a restart a batch at rest counts what its part files hold, and never goes back from there', async () => {
  const { later, id, changes } = await quitHalfWay()
  await later.restore('paused')
  expect(later.list()).toMatchObject([{ status: { state: 'paused' }, doneCount: 1, receivedBytes: 500_000 }])
  later.resume(id)
  expect(await later.whenOver(id)).toMatchObject({ status: { state: 'done' }, receivedBytes: 900_000 })
  const received = changes.map(({ receivedBytes }) => receivedBytes)
  expect(received.toSorted((a, b) => a - b)).toEqual(received)
  expect(Math.max(...received)).toBeLessThanOrEqual(900_000)
})

test('only what is on disk is counted, and no more than the file is to have', async () => {
  const { later, target } = await quitHalfWay()
  await rm(path.join(target, 'some.part'))
  await truncate(path.join(target, 'other.part'), 1_000_000)
  await later.restore('paused')
  expect(later.list()).toMatchObject([{ receivedBytes: 600_000 }])
})

test('a batch that is cancelled after a restart, before it went on, leaves no part file', async () => {
  const { later, id, target, journalFolder } = await quitHalfWay()
  await later.restore('paused')
  expect(await filesBelow(target)).toEqual(['other.part', 'some.part', 'whole'])
  later.cancel(id)
  expect(await later.whenOver(id)).toMatchObject({ status: { state: 'cancelled' }, receivedBytes: 300_000 })
  expect(await filesBelow(target)).toEqual(['whole'])
  await later.close()
  expect(await filesBelow(journalFolder)).toEqual([])
})

test('tried again after that, it brings all that is left', async () => {
  const { later, id, target } = await quitHalfWay()
  await later.restore('paused')
  later.cancel(id)
  later.retry(id)
  expect(await later.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 3, receivedBytes: 900_000 })
  expect(await filesBelow(target)).toEqual(['other', 'some', 'whole'])
})

test('what a person puts in the place of a part file that was removed with its batch is left alone', async () => {
  const { later, id, target } = await quitHalfWay()
  await later.restore('paused')
  later.cancel(id)
  await writeFile(path.join(target, 'some.part'), 'mine')
  later.retry(id)
  expect(await later.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 3 })
  later.clearDone()
  await later.close()
  expect(await filesBelow(target)).toEqual(['other', 'some', 'some.part', 'whole'])
  expect(await readFile(path.join(target, 'some.part'), 'utf8')).toBe('mine')
})
