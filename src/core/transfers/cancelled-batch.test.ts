import path from 'node:path'
import { expect, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { Failure } from '../failure.ts'
import type { FileSource, SourceFile } from './file-source.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const patient = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 }
const body = bytesOf(4, 100_000)

/** A batch of many files that was cancelled while its first ones were coming. */
async function cancelled(when: 'under way' | 'at once' = 'under way') {
  let isSlow = true
  const { url } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 50_000))
  })
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `f${index}`, size: body.length }))
  const { counted: source, open } = countOpen(createMemorySource(files, (file) => `${url}/${file.path}`))
  const journalFolder = await temporaryFolder()
  const options = { journalFolder, limits: patient, sourceFor: async () => ({ ...source, close: async () => {} }) }
  const transfers = transfersFor(url, options)
  const { id, target, over } = await download(transfers, source)
  if (when === 'under way') await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  transfers.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(await filesBelow(target)).toEqual([])
  const answer = (how: 'slowly' | 'at once') => {
    isSlow = how === 'slowly'
  }
  return { transfers, id, target, answer, open, journalFolder, restart: () => transfersFor(url, options) }
}

/** Counts its walks that are open, as a listing opens them: at the call, and not when they are first asked for. */
function countOpen(source: FileSource) {
  let open = 0
  const counted: FileSource = {
    ...source,
    files(nodes) {
      const steps = source.files(nodes)[Symbol.asyncIterator]()
      open += 1
      let isOpen = true
      function end(): void {
        if (isOpen) open -= 1
        isOpen = false
      }
      return {
        [Symbol.asyncIterator]() {
          return this
        },
        async next() {
          const step = await steps.next()
          if (step.done) end()
          return step
        },
        async return() {
          end()
          return { done: true, value: undefined }
        },
      } as AsyncIterableIterator<readonly SourceFile[]>
    },
  }
  return { counted, open: () => open }
}

test('one file of a cancelled batch is brought when it is tried again, and no other', async () => {
  const { transfers, id, target, answer } = await cancelled()
  answer('at once')
  const [first] = transfers.files(id, 0, 1).transfers
  expect(first?.status.state).toBe('cancelled')
  transfers.retry(id, first?.index)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'cancelled' }, doneCount: 1 })
  expect(await filesBelow(target)).toEqual([first?.path])

  transfers.retry(id)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
})

test('a cancelled batch shows no file that trying again would not bring', async () => {
  const { transfers, id } = await cancelled()
  const { transfers: shown } = transfers.files(id, 0, 1_000)
  expect(new Set(shown.map(({ status }) => status.state))).toEqual(new Set(['cancelled']))
})

test('quitting while one file of a cancelled batch is on its way leaves nothing, and nothing goes on', async () => {
  const { transfers, id, target, answer, journalFolder, restart } = await cancelled()
  answer('slowly')
  transfers.retry(id, 0)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  await transfers.close()
  expect([await filesBelow(target), await filesBelow(journalFolder)]).toEqual([[], []])
  const second = restart()
  await second.restore('running')
  expect(second.list()).toEqual([])
})

test('one file of a cancelled batch can be paused, resumed and cancelled again', async () => {
  const { transfers, id, target, answer } = await cancelled()
  answer('slowly')
  transfers.retry(id, 0)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0)
  transfers.pause(id)
  await until(transfers, id, ({ status }) => status.state === 'paused')
  transfers.resume(id)
  await until(transfers, id, ({ status }) => status.state === 'running')
  transfers.cancel(id)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'cancelled' }, doneCount: 0 })
  expect(await filesBelow(target)).toEqual([])
})

test.each(['files', 'archive'] as const)(
  'what is cancelled before its first file, as %s, lets go of its files once it is cleared',
  async (kind) => {
    const { url } = await origin((request, response) => sendBody(request, response, body))
    const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
    const { counted, open } = countOpen(source)
    const client = createClient({ base: parseBase(url), key: null })
    const transfers = transfersFor(url, { journalFolder: await temporaryFolder(), clientFor: async () => client })
    const target = path.join(await temporaryFolder(), 'run')
    const { id, over } = await download(transfers, counted, { kind, target })
    transfers.cancel(id)
    expect(await over).toMatchObject({ status: { state: 'cancelled' }, doneCount: 0 })
    transfers.clearDone()
    while (open() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  },
)

test.each(['under way', 'at once'] as const)(
  'a batch of many that was cancelled %s lets go of its files, and brings them all when it is tried again',
  async (when) => {
    const { transfers, id, target, answer, open } = await cancelled(when)
    while (open() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    answer('at once')
    transfers.retry(id)
    expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
    expect((await filesBelow(target)).length).toBe(1_000)
    expect(open()).toBe(0)
  },
)

test('a batch of many that is cancelled and tried again in one breath brings each file once', async () => {
  const { transfers, id, target, answer } = await cancelled()
  answer('at once')
  transfers.retry(id)
  await until(transfers, id, ({ doneCount }) => doneCount > 200)
  transfers.cancel(id)
  transfers.retry(id)
  transfers.cancel(id)
  await transfers.whenOver(id)
  transfers.retry(id)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
  expect((await filesBelow(target)).length).toBe(1_000)
})

test.each(['once it is over', 'at once'] as const)(
  'a batch that waits for its listing when it is cancelled is brought when it is tried again %s',
  async (when) => {
    const { url } = await origin((request, response) => sendBody(request, response, body))
    const files = Array.from({ length: 300 }, (_, index) => ({ path: `f${index}`, size: body.length }))
    const source = createMemorySource(files, (file) => `${url}/${file.path}`)
    const journalFolder = await temporaryFolder()
    const first = transfersFor(url, { journalFolder, limits: patient })
    const { id, target } = await download(first, source)
    await until(first, id, ({ doneCount }) => doneCount > 0)
    first.pause(id)
    await first.close()

    let isDown = true
    const sourceFor = async () => {
      if (isDown) throw new Failure({ kind: 'offline', cause: 'refused', message: 'No way there.' })
      return { ...source, close: async () => {} }
    }
    const second = transfersFor(url, { journalFolder, limits: patient, sourceFor })
    await second.restore('running')
    second.resume(id)
    await until(second, id, ({ status }) => status.state === 'waiting')
    second.cancel(id)
    if (when === 'once it is over') await second.whenOver(id)
    isDown = false
    second.retry(id)
    expect((await second.whenOver(id)).status).toEqual({ state: 'done', note: null })
    expect((await filesBelow(target)).length).toBe(300)
  },
)
