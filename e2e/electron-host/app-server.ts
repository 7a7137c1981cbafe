import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuse } from './unimplemented.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()
const privileged = new Set<string>()
let port = 0

/**
 * Chromium refuses a scheme it does not know before anyone is asked. So `app://bundle/x` is served to it as
 * `http://bundle.app.localhost:PORT/x`: a real server, and with it real streams, ranges and aborts. Names below
 * `localhost` never leave the computer, and count as secure.
 */
export async function startAppServer(): Promise<void> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  port = (server.address() as AddressInfo).port
}

/** A page with nothing on it, for a window that has not been sent anywhere yet. */
export function emptyPage(): string {
  return `http://127.0.0.1:${port}/`
}

export function registerScheme(scheme: string): void {
  privileged.add(scheme)
}

export function handleScheme(scheme: string, handler: Handler): void {
  if (!privileged.has(scheme)) refuse(`protocol.handle for ${scheme}:, which is not registered as privileged`)
  handlers.set(scheme, handler)
}

/** The address that Chromium is given for one of the app's. */
export function toChromium(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  const [, scheme = '', host = '', rest = ''] = match ?? []
  return privileged.has(scheme) ? `http://${host}.${scheme}.localhost:${port}${rest}` : url
}

/** The app's address for one that Chromium tells of. */
export function fromChromium(url: string): string {
  const match = new RegExp(`^http://([^/]+)\\.([a-z0-9+-]+)\\.localhost:${port}(/.*|$)`).exec(url)
  const [, host, scheme = '', rest] = match ?? []
  return privileged.has(scheme) ? `${scheme}://${host}${rest}` : url
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = fromChromium(`http://${incoming.headers.host}${incoming.url}`)
  const handler = handlers.get(url.slice(0, url.indexOf(':')))
  if (url === emptyPage()) return void outgoing.writeHead(200).end()
  if (!handler) return void outgoing.writeHead(404).end()
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  try {
    const response = await handler(toRequest(url, incoming, gone.signal))
    outgoing.writeHead(response.status, [...response.headers].flat())
    if (!response.body || incoming.method === 'HEAD') return void outgoing.end()
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing)
  } catch {
    // The page went away, or the body broke off: it sees its connection end, as with Electron.
    outgoing.destroy()
  }
}

function toRequest(url: string, incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === 'string' && name !== 'host' && name !== 'connection') headers.set(name, value)
  const { method = 'GET' } = incoming
  if (method !== 'GET' && method !== 'HEAD') return new Request(url, { method, headers, signal, body: '' })
  return new Request(url, { method, headers, signal })
}
