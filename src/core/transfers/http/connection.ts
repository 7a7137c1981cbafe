import net from 'node:net'
import tls from 'node:tls'
import { extraTrust } from '../../api/certificates.ts'
import { Failure, notConnected } from '../../failure.ts'
import { leastBytes, stalled, stallsForLeast } from './drip-rule.ts'
import { proxyFor } from './proxy.ts'
import { createResponseParser, type ResponseHandlers } from './response-parser.ts'
import { openTunnel } from './tunnel.ts'

export type ExchangeHandlers = ResponseHandlers & {
  /** Called once: with nothing when the answer is complete, else with what went wrong. */
  readonly onEnd: (thrown?: unknown) => void
}

/** One request and its answer on a connection. */
export type Exchange = {
  /** Ends it, and the connection with it. */
  readonly abort: (reason: unknown) => void
  /** Stops and goes on reading, for bandwidth limits. */
  readonly pause: () => void
  readonly resume: () => void
}

/** One HTTP/1.1 connection to one origin: one exchange at a time, known by its handlers. */
export type HttpConnection = {
  readonly exchange: (request: string, handlers: ExchangeHandlers) => void
  /** These do nothing once the exchange is over. */
  readonly abort: (exchange: ExchangeHandlers, reason: unknown) => void
  readonly pause: (exchange: ExchangeHandlers) => void
  readonly resume: (exchange: ExchangeHandlers) => void
  /** Whether it is open and free. */
  readonly isFree: () => boolean
  /** Whether it was closed during the last exchange before any byte of an answer, as servers do with one that idles. */
  readonly wasClosedSilently: () => boolean
  readonly close: () => void
}

export type ConnectionLimits = {
  readonly connectMilliseconds: number
  /** How long nothing may come while an answer is awaited. */
  readonly stallMilliseconds: number
}

// Every socket of a thread reads into this one buffer: a read is handed on and used up before the next can begin.
const readBuffer = Buffer.allocUnsafeSlow(512 * 1024)
let lastRead = readBuffer

/** What a read brought. Most are as long as the one before, above all over TLS, and share its view. */
function readBytes(count: number): Buffer {
  if (lastRead.length !== count) lastRead = readBuffer.subarray(0, count)
  return lastRead
}

/** Connects to a URL's origin, through a proxy where the environment names one. Throws what `net` and `tls` throw. */
export async function connect(url: URL, limits: ConnectionLimits): Promise<HttpConnection> {
  const parser = createResponseParser()
  let current: ExchangeHandlers | null = null
  let closedSilently = false
  let newBytes = 0
  let slowStalls = 0

  function lookAtRate(): void {
    slowStalls = current && newBytes < leastBytes && !socket.isPaused() ? slowStalls + 1 : 0
    if (slowStalls === 0) newBytes = 0
    if (slowStalls === stallsForLeast) finish(stalled())
  }
  function startRate(): void {
    newBytes = 0
    slowStalls = 0
  }

  function resume(): void {
    if (!socket.isPaused()) return
    socket.resume()
    // The time at rest does not count as silence of the server.
    socket.setTimeout(limits.stallMilliseconds)
    startRate()
  }

  function onRead(bytes: Buffer): void {
    newBytes += bytes.length
    if (!current) {
      // Nothing was asked: the connection can't be trusted any more.
      socket.destroy()
      return
    }
    let isComplete = false
    try {
      isComplete = parser.push(bytes)
    } catch (thrown) {
      finish(thrown)
    }
    if (isComplete) finish()
  }

  function finish(thrown?: unknown): void {
    const ended = current
    if (!ended) return
    current = null
    // Whoever asked for a rest is gone, and the next exchange must not find the socket at rest.
    resume()
    if (thrown !== undefined || !parser.mayGoOn()) socket.destroy()
    ended.onEnd(thrown)
  }

  const socket = await openSocket(url, limits, onRead)
  socket.setTimeout(limits.stallMilliseconds)
  socket.on('timeout', () => {
    if (!current) socket.destroy()
    else if (!socket.isPaused()) finish(stalled())
  })
  const rateTimer = setInterval(lookAtRate, limits.stallMilliseconds).unref()
  socket.on('error', onClosed)
  socket.on('close', () => {
    clearInterval(rateTimer)
    if (current && parser.end()) finish()
    else onClosed(cut())
  })

  function onClosed(error: Error): void {
    if (!current) return
    closedSilently = !parser.hasBegun()
    finish(error)
  }

  return {
    exchange(request, handlers) {
      parser.begin(handlers)
      closedSilently = false
      startRate()
      current = handlers
      socket.write(request, 'latin1')
    },
    abort(exchange, reason) {
      if (current === exchange) finish(reason)
    },
    pause(exchange) {
      if (current === exchange) socket.pause()
    },
    resume(exchange) {
      if (current === exchange) resume()
    },
    isFree: () => current === null && socket.writable && !socket.destroyed,
    wasClosedSilently: () => closedSilently,
    close: () => socket.destroy(),
  }
}

type OnRead = (bytes: Buffer) => void

async function openSocket(url: URL, limits: ConnectionLimits, onRead: OnRead): Promise<net.Socket> {
  const callback = (count: number) => {
    onRead(readBytes(count))
    return true
  }
  const onread = { buffer: readBuffer, callback }
  const proxy = proxyFor(url, process.env)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (url.protocol === 'http:') return settled(net.connect({ host, port, onread, noDelay: true }), 'connect', limits)
  const extra = { secureContext: extraTrust(process.env) }
  const name = net.isIP(host) ? {} : { servername: host }
  const secure = { host, port, onread, ALPNProtocols: ['http/1.1'], ...name, ...extra }
  if (!proxy) return settled(tls.connect(secure), 'secureConnect', limits)
  // Node gives a tunnel's bytes by event only.
  const tunnel = await inTime(limits, (signal) => openTunnel(proxy, { host, port }, { signal, ...extra }))
  const socket = await settled(tls.connect({ ...secure, socket: tunnel }), 'secureConnect', limits)
  return socket.on('data', onRead)
}

function settled<S extends net.Socket>(
  socket: S,
  event: string,
  { connectMilliseconds }: ConnectionLimits,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Failure(notConnected())), connectMilliseconds)
    const settle = (error?: Error) => {
      clearTimeout(timer)
      socket.off('error', settle)
      socket.off('close', closed)
      if (error) reject(error)
      else resolve(socket)
    }
    const closed = () => settle(cut())
    socket.once('error', settle)
    socket.once('close', closed)
    socket.once(event, () => settle())
  })
}

async function inTime<T>(
  { connectMilliseconds }: ConnectionLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Failure(notConnected())), connectMilliseconds)
  try {
    return await work(abort.signal)
  } finally {
    clearTimeout(timer)
  }
}

function cut(): Failure {
  const message = 'The connection was cut before the answer was complete.'
  return new Failure({ kind: 'offline', cause: 'reset', message })
}
