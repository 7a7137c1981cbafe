import type { IncomingMessage, RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { LogFields } from '../log/logger.ts'
import { silentLogger } from '../log/logger.ts'
import { type ClientOptions, createClient } from './client.ts'
import { defaultTimeouts } from './dispatcher.ts'
import { startServer } from './local-server.fixture.ts'
import { keyHeader, parseBase } from './request-policy.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function clientOf(listener: RequestListener, options: ClientOptions = {}, key: string | null = 'secret-key') {
  const server = await startServer(listener)
  const client = createClient({ base: parseBase(`http://127.0.0.1:${server.port}/agents/v2`), key }, options)
  endings.push(server.close, client.close)
  return client
}
const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
  }

test('a listing is asked for as the contract says', async () => {
  const seen: unknown[] = []
  const client = await clientOf((request, response) => {
    seen.push(request.method, request.url, request.headers[keyHeader.toLowerCase()])
    response.end('{"directories":{}}')
  })
  expect((await client.listFiles(executionId.toUpperCase())).files).toEqual([])
  expect(seen).toEqual(['GET', `/agents/v2/executions/${executionId}/files`, 'secret-key'])
})

test('what is not the id of an execution is never sent', async () => {
  let asked = 0
  const client = await clientOf((_, response) => {
    asked += 1
    response.end()
  })
  for (const id of ['', '../../admin', `${executionId}/x`, 'nonsense'])
    await expect(client.openListing(id)).rejects.toMatchObject({ error: { kind: 'invalid-input' } })
  expect(asked).toBe(0)
})

test.each([
  [401, '', { kind: 'unauthorized', message: 'The API refused the key. Check it, and sign in again.' }],
  [
    403,
    '{"code":403,"message":"Key is revoked"}',
    { kind: 'unauthorized', message: expect.stringContaining('“Key is revoked”') },
  ],
  [404, 'Execution not found.', { kind: 'not-found', message: expect.stringContaining(executionId) }],
  [
    500,
    '"a bare\\n string"',
    { kind: 'server-error', status: 500, message: expect.stringContaining('“a bare string”') },
  ],
  [503, '<html>long page</html>', { kind: 'server-error', message: expect.not.stringContaining('html') }],
  [502, 'x'.repeat(5_000), { kind: 'server-error', message: expect.stringMatching(/^.{0,300}$/) }],
  [418, '', { kind: 'bad-response', message: 'The server gave an answer that was not expected (418).' }],
  [400, 'no key secret-key here', { kind: 'bad-response', message: expect.not.stringContaining('secret-key') }],
])('status %i with %j is told as such', async (status, body, error) => {
  const client = await clientOf(answering(status, body))
  await expect(client.openListing(executionId)).rejects.toMatchObject({ error })
})

test('without a key, it is asked for before anything is asked of the API', async () => {
  let asked = 0
  const count: Parameters<typeof clientOf>[0] = (_, response) => {
    asked += 1
    response.end('{}')
  }
  const client = await clientOf(count, {}, null)
  await expect(client.openListing(executionId)).rejects.toMatchObject({ error: { kind: 'key-missing' } })
  expect(await client.getExecution(executionId)).toBeNull()
  expect(asked).toBe(0)
})

test('a server that asks for patience says how long', async () => {
  const client = await clientOf(answering(429, '', { 'retry-after': '7' }))
  await expect(client.openListing(executionId)).rejects.toMatchObject({
    error: { kind: 'rate-limited', retryAfterSeconds: 7, message: expect.stringContaining('in 7 seconds') },
  })
})

test.each([
  ['<!doctype html><p>Sign in to the Wi-Fi', 'it is not JSON'],
  ['{"directories":{"workspace":[', 'it is not complete'],
  ['{"files":[]}', 'it has no list of directories'],
  ['', 'it is not JSON'],
  ['null', 'it has no list of directories'],
  [' "text"\n', 'it has no list of directories'],
  ['42', 'it has no list of directories'],
  ['not found', 'it is not JSON'],
])('%j with status 200 is not a listing', async (body, why) => {
  const client = await clientOf(answering(200, body))
  await expect(client.listFiles(executionId)).rejects.toMatchObject({
    error: { kind: 'bad-response', message: expect.stringContaining(why) },
  })
})

test('a listing that is packed is unpacked, and its bound counts what it unpacks to', async () => {
  const body = JSON.stringify({ directories: {}, padding: 'x'.repeat(1_000_000) })
  const listener: RequestListener = (request, response) => {
    expect(request.headers['accept-encoding']).toContain('gzip')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
  }
  expect((await (await clientOf(listener)).listFiles(executionId)).files).toEqual([])
  const bounded = await clientOf(listener, { maximumListingBytes: 500_000 })
  await expect(bounded.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'too-large' } })
})

test('packed bytes that are damaged are a bad response', async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')
  })
  await expect(client.listFiles(executionId)).rejects.toMatchObject({
    error: { kind: 'bad-response', message: expect.stringContaining('could not be unpacked') },
  })
})

test('a listing without end is stopped at its bound', async () => {
  let closed = false
  const client = await clientOf(
    (_, response) => {
      const timer = setInterval(() => response.write(' '.repeat(64 * 1024)), 1)
      response.on('close', () => {
        closed = true
        clearInterval(timer)
      })
    },
    { maximumListingBytes: 1_000_000 },
  )
  await expect(client.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'too-large' } })
  await expect.poll(() => closed).toBe(true)
})

test('a listing arrives piece by piece, before it is whole', async () => {
  let finish = () => {}
  const client = await clientOf((_, response) => {
    response.write('{"directories":')
    finish = () => response.end('{}}')
  })
  const { body } = await client.openListing(executionId)
  const parts: string[] = []
  for await (const part of body) {
    parts.push(Buffer.from(part).toString())
    finish()
  }
  expect(parts.join('')).toBe('{"directories":{}}')
})

test('a connection that is cut in the middle is told apart from a short answer', async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"directories":', () => response.destroy())
  })
  await expect(client.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'offline', cause: 'reset' } })
})

test('a server that says nothing, or stops in the middle, times out', async () => {
  const timeouts = { ...defaultTimeouts, headers: 100, body: 100 }
  const silent = await clientOf(() => {}, { timeouts })
  await expect(silent.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'timed-out' } })
  const stopping = await clientOf(
    (_, response) => {
      response.writeHead(200).write('{')
    },
    { timeouts },
  )
  await expect(stopping.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'timed-out' } })
})

test('a call that is cancelled says so, before the answer and in its middle', async () => {
  const before = new AbortController()
  const silent = await clientOf(() => before.abort())
  await expect(silent.listFiles(executionId, before.signal)).rejects.toMatchObject({ error: { kind: 'cancelled' } })
  const middle = new AbortController()
  const stopping = await clientOf((_, response) => {
    response.write('{', () => middle.abort())
  })
  await expect(stopping.listFiles(executionId, middle.signal)).rejects.toMatchObject({ error: { kind: 'cancelled' } })
})

test('what does not speak HTTP is a bad response', async () => {
  const client = await clientOf((_, response) => {
    response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')
  })
  await expect(client.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'bad-response' } })
})

test('a key goes along no redirect to another origin, not even to another port of the same host', async () => {
  const seen: unknown[] = []
  const keyOf = (request: IncomingMessage) => request.headers[keyHeader.toLowerCase()] ?? 'no key'
  const elsewhere = await startServer((request, response) => {
    seen.push(['elsewhere', keyOf(request), JSON.stringify(request.headers).includes('secret-key')])
    response.end('{"directories":{}}')
  })
  endings.push(elsewhere.close)
  const client = await clientOf((request, response) => {
    seen.push(['API', keyOf(request)])
    const isMoved = request.url?.startsWith('/moved')
    response.writeHead(307, { location: isMoved ? `http://127.0.0.1:${elsewhere.port}/files` : '/moved' }).end()
  })
  await client.listFiles(executionId)
  expect(seen).toEqual([
    ['API', 'secret-key'],
    ['API', 'secret-key'],
    ['elsewhere', 'no key', false],
  ])
})

test('a redirect without end is given up', async () => {
  const client = await clientOf((request, response) => {
    response.writeHead(302, { location: `${request.url}x` }).end()
  })
  await expect(client.listFiles(executionId)).rejects.toMatchObject({ error: { kind: 'unsafe-url' } })
})

test("an execution's fields are each optional", async () => {
  const client = await clientOf((request, response) => {
    const whole = { id: 'x', agentName: 'A', status: 'running', createdAt: '2026-11-20T10:00:00Z', more: 1 }
    const full = request.url?.endsWith(executionId)
    response.end(JSON.stringify(full ? whole : { id: 'x', status: 7, createdAt: 'never' }))
  })
  expect(await client.getExecution(executionId)).toEqual({
    agentName: 'A',
    status: 'running',
    createdAt: Date.parse('2026-11-20T10:00:00Z'),
    endedAt: null,
  })
  expect(await client.getExecution('3f2504e0-4f89-41d3-9a0c-0305e82c3302')).toEqual({
    agentName: null,
    status: null,
    createdAt: null,
    endedAt: null,
  })
})

test.each([
  answering(404, ''),
  answering(403, '{}'),
  answering(500, 'x'),
  answering(200, '<html>'),
  answering(200, '[]'),
  ((_, response) => response.destroy()) satisfies RequestListener,
])('an optional call that fails is done without, and told once', async (listener) => {
  const told: (LogFields | undefined)[] = []
  const log = { ...silentLogger, info: (_: string, fields?: LogFields) => told.push(fields) }
  const client = await clientOf(listener, { log })
  for (let time = 0; time < 3; time += 1) {
    expect(await client.getExecution(executionId)).toBeNull()
    expect(await client.listExecutions({ page: 1, pageSize: 10 })).toBeNull()
  }
  expect(told.map((fields) => fields?.name)).toEqual(['GET /executions/{executionId}', 'GET /executions'])
})

test('executions are listed, less what cannot be read', async () => {
  const client = await clientOf(answering(200, JSON.stringify({ items: [{ id: 'a' }, {}, 5], total: 3 })))
  const page = await client.listExecutions({ page: 1, pageSize: 10 })
  expect([page?.executions.map((each) => each.executionId), page?.total]).toEqual([['a'], 3])
})

test.each([
  ['a key that the API refuses', () => 401, 'refused'],
  ['an execution that is not found', () => 404, 'accepted'],
  ['403 for everything', () => 403, 'refused'],
  ['403 for what does not exist only', (url: string) => (url.endsWith('/files') ? 403 : 200), 'accepted'],
  ['403, and no other call', (url: string) => (url.endsWith('/files') ? 403 : 404), 'unknown'],
  ['a fault', () => 500, 'unknown'],
] as const)('a key is checked by use: %s', async (_, status, expected) => {
  const client = await clientOf((request, response) => {
    response.writeHead(status(request.url ?? '')).end('some text')
  })
  expect(await client.checkKey()).toBe(expected)
})

test('a key that could not be tried is unknown', async () => {
  const client = createClient({ base: parseBase('http://127.0.0.1:1'), key: 'k' })
  endings.push(client.close)
  expect(await client.checkKey()).toBe('unknown')
})
