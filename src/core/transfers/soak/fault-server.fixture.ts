import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { bytesOf } from '../origin.fixture.ts'
import { randomFrom } from './random.fixture.ts'

/** A server that goes wrong in every way that storage is known to, by chance from a seed. */
export type FaultServer = {
  readonly url: string
  /** What a file holds; its name is `f<index>`. */
  readonly body: (index: number) => Buffer
  readonly paths: readonly string[]
  /** Files that the listing does not have any more. */
  readonly gone: Set<number>
  /** Share of requests that go wrong. */
  readonly setFaults: (share: number) => void
  /** What happens to the next requests for a file, one after the other, before any chance. */
  readonly script: (index: number, names: readonly FaultName[]) => void
  /** Requests that came by a redirect to another origin and carried the key all the same. */
  readonly leaked: () => number
  readonly requests: () => number
  /** How often each fault was played. */
  readonly played: ReadonlyMap<string, number>
  readonly close: () => Promise<void>
}

export type FaultName = keyof typeof faults

type Call = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
  /** Where a range asks to begin; 0 without one that holds. */
  readonly from: number
  readonly random: () => number
}

const updatedAt = '2026-01-02T03:04:05Z'
/** A link lives for as many requests to the server. */
const linkLife = 400

/** Serves `count` files of all sizes, or all of one, and their list at `/list`. */
export async function startFaultServer(count: number, seed: number, size?: number): Promise<FaultServer> {
  const random = randomFrom(seed)
  const sizes = Array.from({ length: count }, () => size ?? pickSize(random()))
  const folders = ['workspace', 'workspace/a', 'workspace/a/b c', 'downloads', 'debug/ü']
  const paths = sizes.map((_, index) => `${folders[index % folders.length]}/f${index}`)
  const gone = new Set<number>()
  const played = new Map<string, number>()
  const scripts = new Map<number, FaultName[]>()
  let share = 0
  let requests = 0
  let leaked = 0

  // One block of chance, and another piece of it for each file: making bytes must not be what takes the time.
  const block = bytesOf(seed, 4_000_000)
  const offsets = sizes.map(() => Math.floor(random() * 2_000_000))
  const body = (index: number) => {
    const from = offsets[index] ?? 0
    return block.subarray(from, from + (sizes[index] ?? 0))
  }

  function list(response: ServerResponse): void {
    const files = paths.flatMap((path, index) =>
      gone.has(index)
        ? []
        : [{ id: `id-${index}`, path, size: sizes[index], updatedAt, link: `/f/${index}/${requests}` }],
    )
    response.end(JSON.stringify(files))
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => {})
    requests += 1
    if (isElsewhere(request) && 'x-asteroid-agents-api-key' in request.headers) leaked += 1
    if (request.url === '/list') {
      list(response)
      return
    }
    const [, kind, index, born] = request.url?.split('/') ?? []
    const whole = body(Number(index))
    const isOddLink = kind === 'round' || requests - Number(born) > linkLife
    if (kind === 'round') redirect(response, '/round')
    else if (isOddLink) refuse(response, 403)
    if (isOddLink) return
    const etag = `"${seed}-${index}"`
    const condition = request.headers['if-range']
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
    const from = range !== undefined && condition === etag ? Number(range) : 0
    response.setHeader('etag', etag)
    const call = { request, response, body: whole, from, random }
    const isByChance = random() < share
    const byChance = isByChance ? faultNames[Math.floor(random() * faultNames.length)] : undefined
    const name = scripts.get(Number(index))?.shift() ?? byChance
    if (name) {
      played.set(name, (played.get(name) ?? 0) + 1)
      faults[name](call)
    } else sendWhole(call)
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    body,
    paths,
    gone,
    requests: () => requests,
    played,
    setFaults(next) {
      share = next
    },
    script: (index, names) => scripts.set(index, [...names]),
    leaked: () => leaked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pickSize(random: number): number {
  if (random < 0.05) return 0
  if (random < 0.1) return 1
  if (random < 0.7) return 100 + Math.floor(random * 20_000)
  if (random < 0.95) return Math.floor(random * 200_000)
  return Math.floor(random * 2_000_000)
}

function sendHead({ response, body, from }: Call, length = body.length - from): void {
  if (from === 0) response.writeHead(200, { 'content-length': length })
  else
    response.writeHead(206, {
      'content-length': length,
      'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
    })
}

function sendWhole(call: Call): void {
  const { response, body, from } = call
  if (from > 0 && from >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
    return
  }
  sendHead(call)
  response.end(body.subarray(from))
}

/** Sends as much of the body, then does something else. */
function sendUpTo(call: Call, share: number, then: (call: Call) => void): void {
  const { response, body, from } = call
  const rest = body.subarray(from)
  const part = rest.subarray(0, Math.min(rest.length, Math.floor(rest.length * share)))
  if (from >= body.length) {
    sendWhole(call)
    return
  }
  sendHead(call)
  response.flushHeaders()
  response.write(part, () => setTimeout(() => then(call), 5))
}

const cut = ({ response }: Call) => response.destroy()
const reset = ({ response }: Call) => response.socket?.resetAndDestroy()

function refuse(response: ServerResponse, status: number, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end('<Error><Code>No</Code></Error>')
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end()
}

function isElsewhere({ headers }: IncomingMessage): boolean {
  return headers.host?.startsWith('localhost') === true
}

/** Everything that goes wrong, by name. */
const faults = {
  'cut before the head': ({ request }: Call) => request.socket.destroy(),
  'cut in the head': ({ request }: Call) => {
    request.socket.end('HTTP/1.1 200 OK\r\nContent-Le')
  },
  'cut at the first byte': (call: Call) => sendUpTo(call, 0, cut),
  'cut after one byte': (call: Call) => sendUpTo(call, 1 / Math.max(1, call.body.length - call.from), cut),
  'cut in the middle': (call: Call) => sendUpTo(call, 0.5, cut),
  'cut before the last byte': (call: Call) => sendUpTo(call, 1 - 1 / Math.max(1, call.body.length - call.from), cut),
  'reset in the middle': (call: Call) => sendUpTo(call, 0.5, reset),
  stall: (call: Call) => sendUpTo(call, 0.3, () => {}),
  drip: (call: Call) =>
    sendUpTo(call, 0.5, ({ response, body, from }) => {
      const rest = body.subarray(from)
      let at = Math.floor(rest.length * 0.5)
      const step = Math.max(1, Math.ceil((rest.length - at) / 5))
      const timer = setInterval(() => {
        if (at >= rest.length || response.destroyed) {
          clearInterval(timer)
          response.end()
          return
        }
        response.write(rest.subarray(at, at + step))
        at += step
      }, 20)
    }),
  'too short a length': (call: Call) => {
    sendHead(call, Math.max(0, call.body.length - call.from - 1))
    call.response.socket?.write(call.body.subarray(call.from))
    call.response.socket?.end()
  },
  'too long a length': (call: Call) => {
    sendHead(call, call.body.length - call.from + 10)
    call.response.write(call.body.subarray(call.from), () => cut(call))
  },
  chunked: ({ response, body }: Call) => {
    response.writeHead(200)
    response.write(body.subarray(0, 10))
    response.end(body.subarray(10))
  },
  'chunked, cut': ({ response, body }: Call) => {
    response.writeHead(200)
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
  },
  gzip: ({ response, body }: Call) => {
    const packed = gzipSync(body)
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed)
  },
  'gzip, broken': ({ response, body }: Call) => {
    const packed = gzipSync(body).fill(0, 12)
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed)
  },
  'whole for a range': ({ response, body }: Call) => {
    response.writeHead(200, { 'content-length': body.length }).end(body)
  },
  'wrong range': ({ response, body, from }: Call) => {
    const at = Math.max(0, from - 1)
    const range = `bytes ${at}-${body.length - 1}/${body.length}`
    response.writeHead(206, { 'content-length': body.length - at, 'content-range': range }).end(body.subarray(at))
  },
  'another version in the middle': (call: Call) => {
    call.response.setHeader('etag', '"another"')
    sendUpTo({ ...call, from: 0, body: Buffer.alloc(call.body.length, 'x') }, 0.5, cut)
  },
  'link dead': ({ response, random }: Call) =>
    refuse(response, [400, 401, 403, 404, 410][Math.floor(random() * 5)] ?? 403),
  'redirect in a circle': ({ response }: Call) => redirect(response, '/round'),
  'redirect to another origin': (call: Call) => {
    // Where it came from there already, it is sent.
    if (isElsewhere(call.request)) return sendWhole(call)
    redirect(call.response, `http://localhost:${call.request.socket.localPort}${call.request.url}`)
  },
  'asks for patience': ({ response }: Call) => refuse(response, 429, { 'retry-after': '0' }),
  'server error': ({ response, random }: Call) => refuse(response, random() < 0.5 ? 500 : 503),
  'page instead': ({ response }: Call) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the hotel network</html>')
  },
  'not http': ({ request }: Call) => {
    request.socket.end('220 mail.example ESMTP\r\n')
  },
}

export const faultNames = Object.keys(faults) as readonly FaultName[]
