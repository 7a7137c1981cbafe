import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Failure } from '../../failure.ts'
import { addressOf } from './address.ts'
import { type ConnectionPool, createConnectionPool } from './connection-pool.ts'

const patient = { connectMilliseconds: 20_000, stallMilliseconds: 20_000 }
const hello = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'

/** A server that says what it is told to, to the nth request on the nth connection, both from 1. */
async function serve(answer: (socket: Socket, request: number, connection: number) => void, host = '127.0.0.1') {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    const mine = connections
    let count = 0
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (bytes) => {
      requests.push(bytes.toString('latin1'))
      count += 1
      answer(socket, count, mine)
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const at = server.address()
  const port = typeof at === 'object' ? at?.port : 0
  const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}/file`)
  return { url, requests, connections: () => connections, sockets }
}

function poolWith(limits = patient): ConnectionPool {
  const pool = createConnectionPool(limits)
  onTestFinished(pool.close)
  return pool
}

/** Asks once; answers the body as it came, and how to stop. */
function ask(pool: ConnectionPool, url: URL, headers = {}) {
  let body = ''
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const exchange = pool.get(addressOf(url), headers, {
    onHead() {},
    onBody(bytes) {
      body += bytes.toString('latin1')
    },
    onEnd(thrown) {
      if (thrown === undefined) resolve(body)
      else reject(thrown)
    },
  })
  const text = promise
  text.catch(() => {})
  return { ...exchange, text, soFar: () => body }
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const thrown = await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )
  return thrown instanceof Failure ? thrown.error : thrown
}

async function until(isTime: () => boolean): Promise<void> {
  while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test.each([
  [1, 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  [1, 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello'],
  [2, 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  [2, 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello'],
  [2, 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'],
])('two requests take %i connections where each is answered %j', async (connections, answer) => {
  const server = await serve((socket) => socket.write(answer))
  const pool = poolWith()
  expect(await ask(pool, server.url).text).toBe('hello')
  expect(await ask(pool, server.url).text).toBe('hello')
  expect(server.connections()).toBe(connections)
})

test('what a server says without being asked is never taken for the answer to the next request', async () => {
  const server = await serve((socket) => socket.write(hello))
  const pool = poolWith()
  expect(await ask(pool, server.url).text).toBe('hello')
  for (const socket of server.sockets) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil')
  await until(() => server.sockets.size === 0)
  expect(await ask(pool, server.url).text).toBe('hello')
  expect(server.connections()).toBe(2)
})

test('a kept connection that turns out to be closed costs nothing: it is asked once more on a new one', async () => {
  const server = await serve((socket, request) => (request === 1 ? socket.write(hello) : socket.destroy()))
  const pool = poolWith()
  expect(await ask(pool, server.url).text).toBe('hello')
  expect(await ask(pool, server.url).text).toBe('hello')
  expect([server.connections(), server.requests.length]).toEqual([2, 3])
})

test('and only once, however many connections were kept', async () => {
  let isClosing = false
  const server = await serve((socket) => (isClosing ? socket.destroy() : socket.write(hello)))
  const pool = poolWith()
  await Promise.all(Array.from({ length: 4 }, () => ask(pool, server.url).text))
  const [connections, requests] = [server.connections(), server.requests.length]
  expect(connections).toBe(4)
  isClosing = true
  expect(await errorOf(ask(pool, server.url).text)).toBeTruthy()
  expect([server.connections(), server.requests.length]).toEqual([connections + 1, requests + 2])
})

test('an answer that had begun is not asked for again', async () => {
  const server = await serve((socket, request) => (request === 1 ? socket.write(hello) : socket.end('HTTP/1.1 20')))
  const pool = poolWith()
  await ask(pool, server.url).text
  expect(await errorOf(ask(pool, server.url).text)).toMatchObject({ kind: 'offline', cause: 'reset' })
  expect(server.requests.length).toBe(2)
})

test.each([
  ['before an answer', ''],
  ['in its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['in its body', hello.slice(0, -2)],
])('a server that falls silent %s is told as timed out, and not asked again', async (_, begun) => {
  const server = await serve((socket, request) => socket.write(request === 1 ? hello : begun))
  const pool = poolWith({ ...patient, stallMilliseconds: 300 })
  await ask(pool, server.url).text
  expect(await errorOf(ask(pool, server.url).text)).toMatchObject({ kind: 'timed-out' })
  expect(server.requests.length).toBe(2)
  await until(() => server.sockets.size === 0)
})

/** Brings a large body in pieces, one in each time in which a silent server would be given up; answers how many were taken. */
async function slowly(piece: number, pieces: number): Promise<{ readonly taken: number; readonly error: unknown }> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n'))
  const asked = ask(poolWith(), server.url)
  let error: unknown = null
  void errorOf(asked.text).then((thrown) => {
    error = thrown
  })
  await until(() => server.requests.length === 1)
  for (let count = 1; count <= pieces; count += 1) {
    for (const socket of server.sockets) socket.write('x'.repeat(piece))
    await until(() => error !== null || asked.soFar().length === count * piece)
    if (error !== null) return { taken: count - 1, error }
    vi.advanceTimersByTime(patient.stallMilliseconds)
  }
  return { taken: pieces, error }
}

test('a server that sends a byte now and then is told as timed out, though it is never silent', async () => {
  const { taken, error } = await slowly(1, 20)
  expect(error).toMatchObject({ kind: 'timed-out' })
  expect(taken).toBeGreaterThanOrEqual(3)
})

test('a link that brings a packet in two minutes is slow, and not given up', async () => {
  expect(await slowly(300, 20)).toEqual({ taken: 20, error: null })
})

test('a server that takes a connection and never speaks TLS is not waited for without end', async () => {
  const { url, sockets } = await serve(() => {})
  const secure = new URL(url.href.replace('http:', 'https:'))
  const pool = poolWith({ ...patient, connectMilliseconds: 300 })
  expect(await errorOf(ask(pool, secure).text)).toMatchObject({ kind: 'offline' })
  await until(() => sockets.size === 0)
})

test.each([
  ['before an answer', ''],
  ['in its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['in its body', hello.slice(0, -2)],
])('who stops %s is rid of it at once, and the next request gets a connection of its own', async (_, begun) => {
  const server = await serve((socket, _request, connection) => socket.write(connection === 1 ? begun : hello))
  const pool = poolWith()
  const asked = ask(pool, server.url)
  await until(() => server.requests.length === 1)
  if (begun.endsWith('hel')) await until(() => asked.soFar() === 'hel')
  asked.abort('stopped')
  expect(await errorOf(asked.text)).toBe('stopped')
  await until(() => server.sockets.size === 0)
  expect(await ask(pool, server.url).text).toBe('hello')
  expect(server.connections()).toBe(2)
})

test('who stops before there is a connection is rid of it at once, and the connection serves the next', async () => {
  const server = await serve((socket) => socket.write(hello))
  const pool = poolWith()
  const asked = ask(pool, server.url)
  asked.abort('stopped')
  expect(await errorOf(asked.text)).toBe('stopped')
  await until(() => server.connections() === 1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await ask(pool, server.url).text).toBe('hello')
  expect([server.connections(), server.requests.length]).toEqual([1, 1])
})

test('requests that follow each other leave no listeners on their connection', async () => {
  const server = await serve((socket) => socket.write(hello))
  const pool = poolWith()
  const warnings: Error[] = []
  const onWarning = (warning: Error) => void warnings.push(warning)
  process.on('warning', onWarning)
  onTestFinished(() => void process.off('warning', onWarning))
  for (let count = 0; count < 50; count += 1) await ask(pool, server.url).text
  expect([server.connections(), warnings]).toEqual([1, []])
})

test('an address of IPv6 stands in brackets in the Host header', async ({ skip }) => {
  const server = await serve((socket) => socket.write(hello), '::1').catch(() => null)
  if (!server) return skip('This computer has no IPv6.')
  expect(await ask(poolWith(), server.url, { Accept: '*/*' }).text).toBe('hello')
  expect(server.requests).toEqual([`GET /file HTTP/1.1\r\nHost: [::1]:${server.url.port}\r\nAccept: */*\r\n\r\n`])
})

test('a header with what no header may hold is never sent', async () => {
  const server = await serve((socket) => socket.write(hello))
  expect(() => ask(poolWith(), server.url, { Range: 'bytes=0-\r\nX-Evil: 1' })).toThrow('Range')
  expect(server.connections()).toBe(0)
})
