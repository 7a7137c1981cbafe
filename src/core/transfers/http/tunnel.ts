import net from 'node:net'
import tls from 'node:tls'
import { proxyCredentials } from '../../api/proxy-credentials.ts'
import { Failure, proxyRefusal, unusableProxy } from '../../failure.ts'

/** The first port of a proxy whose address names none is that of its protocol. */
const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }
const longestAnswer = 16_384

/**
 * Asks a proxy for a tunnel (RFC 9110, 9.3.6), and answers the socket that leads through it. What it may take is for the
 * caller to bound: ending `signal` ends it. Throws a `Failure`, or what `net` and `tls` throw.
 */
export async function openTunnel(
  proxy: URL,
  target: { readonly host: string; readonly port: number },
  options: { readonly signal: AbortSignal; readonly secureContext: tls.SecureContext | undefined },
): Promise<net.Socket> {
  const mayPass = authorization(proxy)
  const socket = await connectTo(proxy, options.secureContext, options.signal)
  const name = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
  socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n${mayPass}\r\n`)
  const status = await readStatus(socket, options.signal)
  if (status !== null && status >= 200 && status < 300) return socket
  socket.destroy()
  throw new Failure(proxyRefusal(status))
}

async function connectTo(
  proxy: URL,
  secureContext: tls.SecureContext | undefined,
  signal: AbortSignal,
): Promise<net.Socket> {
  const defaultPort = defaultPorts[proxy.protocol]
  if (defaultPort === undefined) throw new Failure(unusableProxy('HTTPS_PROXY'))
  const host = proxy.hostname.replace(/^\[|\]$/g, '')
  const to = { host, port: Number(proxy.port || defaultPort) }
  const isSecure = proxy.protocol === 'https:'
  const trust = secureContext ? { secureContext } : {}
  const name = net.isIP(host) ? {} : { servername: host }
  const socket = isSecure ? tls.connect({ ...to, ...name, ...trust }) : net.connect(to)
  return new Promise((resolve, reject) => {
    const stop = () => socket.destroy(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const settle = (error?: Error) => {
      socket.off('error', settle)
      signal.removeEventListener('abort', stop)
      if (error) reject(error)
      else resolve(socket)
    }
    socket.once('error', settle)
    socket.once(isSecure ? 'secureConnect' : 'connect', () => settle())
  })
}

/** The status of the proxy's answer; null when it is none. Nothing may follow its head before we send. */
function readStatus(socket: net.Socket, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const onData = (bytes: Buffer) => {
      answer += bytes.toString('latin1')
      if (!answer.includes('\r\n\r\n') && answer.length < longestAnswer) return
      settle()
    }
    const onError = (error: Error) => {
      reject(error)
      settle()
    }
    const stop = () => socket.destroy(signal.reason)
    const settle = () => {
      socket.pause()
      socket.off('data', onData)
      socket.off('end', settle)
      socket.off('error', onError)
      signal.removeEventListener('abort', stop)
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]
      resolve(answer.includes('\r\n\r\n') && status !== undefined ? Number(status) : null)
    }
    socket.on('data', onData)
    socket.once('end', settle)
    socket.once('error', onError)
    signal.addEventListener('abort', stop, { once: true })
  })
}

function authorization(proxy: URL): string {
  const credentials = proxyCredentials(proxy, 'HTTPS_PROXY')
  return credentials === null ? '' : `Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`
}
