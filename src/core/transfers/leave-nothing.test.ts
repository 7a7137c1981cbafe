import { expect, test } from 'vitest'
import { Failure } from '../failure.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const limits = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 1 }

async function untilFiles(folder: string, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => filesBelow(folder), { timeout: 5_000 }).toEqual(wanted)
}

/** Gives a part of `bad`, then only errors, until it is mended; `slow` never ends before that. */
async function run() {
  const body = bytesOf(4, 300_000)
  let isMended = false
  const { url, requests } = await origin((request, response) => {
    if (isMended) return sendBody(request, response, body)
    if (request.headers.range) return void response.writeHead(500).end()
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) })
    response.write(body.subarray(0, 100_000), () => {
      if (request.url === '/bad') setTimeout(() => response.destroy(), 50)
    })
  })
  const sourceOf = (...names: readonly string[]) =>
    createMemorySource(
      names.map((name) => ({ path: name, size: body.length })),
      (file) => `${url}/${file.path}`,
    )
  const mend = () => {
    isMended = true
  }
  return { url, requests, sourceOf, mend }
}

test('clearing a download that failed removes its part files and its journal', async () => {
  const { url, sourceOf } = await run()
  const journalFolder = await temporaryFolder()
  const transfers = transfersFor(url, { journalFolder, limits })
  const { target, over } = await download(transfers, sourceOf('bad'))
  expect(await over).toMatchObject({ status: { state: 'failed' }, receivedBytes: 100_000 })
  expect(await filesBelow(target)).toEqual(['bad.part'])
  transfers.clearDone()
  await untilFiles(target, [])
  await untilFiles(journalFolder, [])
})

test('clearing one that could not be listed again removes what an earlier start had left', async () => {
  const { url, sourceOf } = await run()
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, limits })
  const { id, target } = await download(first, sourceOf('slow'))
  await until(first, id, ({ receivedBytes }) => receivedBytes === 100_000)
  await first.close()
  const sourceFor = async () => {
    throw new Failure({ kind: 'not-found', message: 'There is no such run.' })
  }
  const second = transfersFor(url, { journalFolder, limits, sourceFor })
  await second.restore('running')
  expect((await second.whenOver(id)).status.state).toBe('failed')
  expect(await filesBelow(target)).toEqual(['slow.part'])
  second.clearDone()
  await untilFiles(target, [])
  await untilFiles(journalFolder, [])
})

test('cancelling removes the part files of files that failed, too; tried again, it outlives a restart', async () => {
  const { url, sourceOf, mend } = await run()
  const journalFolder = await temporaryFolder()
  const source = sourceOf('bad', 'slow')
  const first = transfersFor(url, { journalFolder, limits })
  const { id, target, over } = await download(first, source)
  await until(first, id, ({ failedCount, receivedBytes }) => failedCount === 1 && receivedBytes === 200_000)
  first.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(await filesBelow(target)).toEqual([])

  first.retry(id)
  await until(first, id, ({ status, receivedBytes }) => status.state === 'running' && receivedBytes >= 100_000)
  await first.close()
  mend()
  const sourceFor = async () => ({ ...source, close: async () => {} })
  const second = transfersFor(url, { journalFolder, limits, sourceFor })
  await second.restore('running')
  expect(second.list().map((batch) => batch.id)).toEqual([id])
  second.resume(id)
  second.retry(id)
  await until(second, id, ({ status }) => status.state === 'done')
  expect(await filesBelow(target)).toEqual(['bad', 'slow'])
})

test('what was cancelled is forgotten when the app is quit', async () => {
  const { url, sourceOf } = await run()
  const journalFolder = await temporaryFolder()
  const transfers = transfersFor(url, { journalFolder, limits })
  const { id, target, over } = await download(transfers, sourceOf('slow'))
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  transfers.cancel(id)
  await over
  await transfers.close()
  expect([await filesBelow(target), await filesBelow(journalFolder)]).toEqual([[], []])
})
