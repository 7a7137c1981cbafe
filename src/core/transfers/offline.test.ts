import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TransferState } from '../../shared/models/transfer.ts'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, hello, origin, transfersFor, until } from './transfers.fixture.ts'

/** A busy machine never makes an attempt fail by time: what waits does so for fifteen seconds at least. */
const unhurried = { connectMilliseconds: 60_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 60_000 }
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

function waitOf(status: TransferState): number {
  return status.state === 'waiting' && status.until !== null ? status.until - Date.now() : 0
}

/** Again and again: whether it is looked for yet can't be seen. */
function change(once: () => void): void {
  const changing = setInterval(once, 100)
  onTestFinished(() => clearInterval(changing))
}

/** A port where nobody listens until it is opened. */
async function closedServer() {
  const server = createServer((request, response) => sendBody(request, response, hello))
  onTestFinished(() => void server.close())
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return { url: `http://127.0.0.1:${port}`, open: () => listen(port) }
}

test.each(['files', 'archive'] as const)(
  'however long a server refuses connections, %s come once it is back',
  async (kind) => {
    const { url, open } = await closedServer()
    const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
    const client = createClient({ base: parseBase(url), key: null })
    const transfers = transfersFor(url, { clientFor: async () => client, limits: quick })
    const target = path.join(await temporaryFolder(), 'run')
    const { id, over } = await download(transfers, source, { kind, target })
    const { status } = await until(transfers, id, (batch) => batch.status.state === 'waiting')
    expect(status).toMatchObject({ reason: 'offline', message: expect.stringContaining('refused') })
    // A wait grows with the tries: these are more than any file is given that fails by itself.
    await until(transfers, id, ({ status: now }) => now.state === 'failed' || waitOf(now) > 256)
    await open()
    transfers.wake()
    expect((await over).status).toEqual({ state: 'done', note: null })
  },
)

/** Without being told to, it would wait for fifteen seconds at least where nobody listens, and for ten minutes where asked. */
test.each([
  { kind: 'files', reason: 'offline' },
  { kind: 'archive', reason: 'offline' },
  { kind: 'files', reason: 'rate-limited' },
  { kind: 'archive', reason: 'rate-limited' },
] as const)('$kind that wait ($reason) come when the person wants them now', { timeout: 14_000 }, async (how) => {
  const { kind, reason } = how
  const closed = await closedServer()
  let isBusy = true
  const busy = await origin((request, response) => {
    if (isBusy) response.writeHead(429, { 'retry-after': '600' }).end()
    else sendBody(request, response, hello)
  })
  const { url } = reason === 'offline' ? closed : busy
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const client = createClient({ base: parseBase(url), key: null })
  const transfers = transfersFor(url, { clientFor: async () => client, limits: unhurried })
  const { id, over } = await download(transfers, source, { kind, target: path.join(await temporaryFolder(), 'run') })
  const { status } = await until(transfers, id, (batch) => batch.status.state === 'waiting')
  expect(status).toMatchObject({ reason })
  await closed.open()
  isBusy = false
  transfers.tryNow(id)
  expect((await over).status).toEqual({ state: 'done', note: null })
})

test('one file that waits comes when the person wants it now, and leaves the others waiting', async () => {
  const { url, open } = await closedServer()
  const source = createMemorySource(
    [
      { path: 'a', size: 5 },
      { path: 'b', size: 5 },
    ],
    ({ path: name }) => `${url}/${name}`,
  )
  const transfers = transfersFor(url, { limits: unhurried })
  const { id } = await download(transfers, source)
  const states = () => transfers.files(id, 0, 2).transfers.map(({ status }) => status.state)
  await until(transfers, id, () => states().join() === 'waiting,waiting')
  await open()
  const wanted = transfers.files(id, 0, 2).transfers.find((file) => file.path === 'b')
  transfers.tryNow(id, wanted?.index)
  await until(transfers, id, ({ doneCount }) => doneCount === 1)
  expect(transfers.files(id, 0, 2).transfers).toMatchObject([
    { path: 'a', status: { state: 'waiting' } },
    { path: 'b', status: { state: 'done' } },
  ])
})

test.each(['files', 'archive'] as const)(
  'once the computer has other addresses, %s that were out of reach come at once',
  { timeout: 14_000 },
  async (kind) => {
    const { url, open } = await closedServer()
    const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
    const client = createClient({ base: parseBase(url), key: null })
    let addresses = 0
    const transfers = transfersFor(url, {
      clientFor: async () => client,
      // Otherwise it would wait for fifteen seconds at least.
      limits: { ...quick, firstRetryMilliseconds: 60_000 },
      networkAddresses: () => `${addresses}`,
    })
    const { id, over } = await download(transfers, source, { kind, target: path.join(await temporaryFolder(), 'run') })
    await until(transfers, id, (batch) => batch.status.state === 'waiting')
    await open()
    change(() => {
      addresses += 1
    })
    expect((await over).status).toEqual({ state: 'done', note: null })
  },
)

test('one file that is out of reach comes at once then, too, while others are on their way', {
  timeout: 14_000,
}, async () => {
  const { url, open } = await closedServer()
  const slow = await origin((_request, response) => response.writeHead(200, { 'content-length': 5 }).write('h'))
  const files = [
    { path: 'a', size: 5 },
    { path: 'slow', size: 5 },
  ]
  const source = createMemorySource(files, ({ path: name }) => `${name === 'slow' ? slow.url : url}/${name}`)
  let addresses = 0
  const transfers = transfersFor(url, {
    limits: { ...quick, stallMilliseconds: 60_000, firstRetryMilliseconds: 60_000 },
    networkAddresses: () => `${addresses}`,
  })
  const { id } = await download(transfers, source)
  const stateOf = (name: string) => transfers.files(id, 0, 2).transfers.find((file) => file.path === name)?.status.state
  await until(transfers, id, ({ receivedBytes }) => receivedBytes > 0 && stateOf('a') === 'waiting')
  expect(transfers.list()).toMatchObject([{ status: { state: 'running' } }])
  await open()
  change(() => {
    addresses += 1
  })
  await until(transfers, id, ({ doneCount }) => doneCount === 1)
  expect(stateOf('slow')).toBe('running')
})

test('while a host is out of reach only some of many files are at hand, and all of them come once it is back', async () => {
  const { url, open } = await closedServer()
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  const source = createMemorySource(files, () => `${url}/a`)
  const transfers = transfersFor(url, { limits: unhurried })
  const { id, over } = await download(transfers, source)
  await until(transfers, id, ({ status }) => status.state === 'waiting')
  const { total, transfers: some } = transfers.files(id, 0, 1_000)
  expect(some.filter(({ status }) => status.state === 'waiting').length).toBeGreaterThan(100)
  expect(total).toBeLessThan(900)
  await open()
  transfers.wake()
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1_000 })
})

test('what stops waiting makes room for others, also where the person stops it', { timeout: 14_000 }, async () => {
  const { url } = await closedServer()
  const there = await origin((request, response) => sendBody(request, response, hello))
  const files = Array.from({ length: 600 }, (_, index) => ({ path: `f${index}`, size: 5 }))
  // Behind as many as may wait.
  const source = createMemorySource(files, ({ path: name }) => `${name === 'f512' ? there.url : url}/a`)
  const transfers = transfersFor(url, { limits: unhurried })
  const { id } = await download(transfers, source)
  await until(transfers, id, ({ status }) => status.state === 'waiting')
  expect(transfers.list()).toMatchObject([{ doneCount: 0 }])
  const [waiting] = transfers.files(id, 0, 1).transfers
  transfers.cancel(id, waiting?.index)
  await until(transfers, id, ({ doneCount }) => doneCount === 1)
})

test('an attempt that began before the network was back, and fails only then, holds nothing up', {
  timeout: 14_000,
}, async () => {
  const closed = await closedServer()
  const held: ServerResponse[] = []
  const { url, requests } = await origin((request, response) => {
    if (held.length < 2) held.push(response)
    else sendBody(request, response, hello)
  })
  const files = ['a', 'b'].map((name) => ({ path: name, size: 5 }))
  const source = createMemorySource(files, ({ path: name }) => `${url}/${name}`)
  const transfers = transfersFor(url, { limits: unhurried })
  const { over } = await download(transfers, source)
  while (held.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  transfers.wake()
  for (const response of held) response.writeHead(302, { location: `${closed.url}/` }).end()
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(requests).toHaveLength(4)
})

test('other addresses cut no wait short that a server asked for', async () => {
  const { url, open } = await closedServer()
  const busy = await origin((_request, response) => response.writeHead(429, { 'retry-after': '600' }).end())
  const source = createMemorySource([{ path: 'a', size: 5 }, { path: 'busy' }], ({ path: name }) =>
    name === 'busy' ? `${busy.url}/busy` : `${url}/a`,
  )
  let addresses = 0
  const transfers = transfersFor(url, {
    limits: { ...quick, firstRetryMilliseconds: 60_000 },
    networkAddresses: () => `${addresses}`,
  })
  const { id } = await download(transfers, source)
  await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'offline')
  await open()
  change(() => {
    addresses += 1
  })
  await until(transfers, id, ({ doneCount }) => doneCount === 1)
  expect(busy.requests).toHaveLength(1)
})

test('back from sleep, what waits tries again at once', { timeout: 14_000 }, async () => {
  const { url, open } = await closedServer()
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  // Otherwise it would wait for fifteen seconds at least.
  const transfers = transfersFor(url, { limits: { ...quick, firstRetryMilliseconds: 60_000 } })
  const { id, over } = await download(transfers, source)
  const { status } = await until(transfers, id, (batch) => batch.status.state === 'waiting')
  expect(status).toMatchObject({ reason: 'offline', until: expect.any(Number) })
  await open()
  transfers.wake()
  expect((await over).status).toEqual({ state: 'done', note: null })
})
