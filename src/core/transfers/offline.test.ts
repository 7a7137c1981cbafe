import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const hello = Buffer.from('hello')
const quick = { connectMilliseconds: 2_000, stallMilliseconds: 2_000, firstRetryMilliseconds: 1 }

/** Leads to a name that nobody knows, as without a network, nine times; is busy; is cut short; then gives the file. */
async function afterLongOffline() {
  let asked = 0
  return origin((request, response) => {
    asked += 1
    if (asked <= 9) response.writeHead(302, { location: 'https://nowhere.invalid/' }).end()
    else if (asked === 10) response.writeHead(503).end()
    else if (asked <= 12) response.destroy()
    else sendBody(request, response, hello)
  })
}

test.each(['files', 'archive'] as const)('however long the network is away, %s come once it is back', async (kind) => {
  const { url } = await afterLongOffline()
  const source = createMemorySource([{ path: 'a' }], () => `${url}/a`)
  const client = createClient({ base: parseBase(url), key: null })
  const transfers = transfersFor(url, { clientFor: async () => client, limits: quick })
  const target = path.join(await temporaryFolder(), 'run')
  const { over } = await download(transfers, source, { kind, target })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1 })
})

test('without a network it waits, and says why and until when', async () => {
  const source = createMemorySource([{ path: 'a' }], () => 'https://nowhere.invalid/a')
  const transfers = transfersFor('http://127.0.0.1:9', { limits: { ...quick, firstRetryMilliseconds: 60_000 } })
  const { id } = await download(transfers, source)
  const { status } = await until(transfers, id, (batch) => batch.status.state === 'waiting')
  const message = expect.stringContaining('could not reach the server')
  expect(status).toMatchObject({ reason: 'offline', until: expect.any(Number), message })
})

test('back from sleep, what waits tries again at once', { timeout: 14_000 }, async () => {
  const server = createServer((request, response) => sendBody(request, response, hello))
  onTestFinished(() => void server.close())
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const url = `http://127.0.0.1:${port}`
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  // Otherwise it would wait for fifteen seconds at least.
  const transfers = transfersFor(url, { limits: { ...quick, firstRetryMilliseconds: 60_000 } })
  const { id, over } = await download(transfers, source)
  const { status } = await until(transfers, id, (batch) => batch.status.state === 'waiting')
  expect(status).toMatchObject({ reason: 'retry', until: expect.any(Number) })
  await listen(port)
  transfers.wake()
  expect((await over).status).toEqual({ state: 'done', note: null })
})
