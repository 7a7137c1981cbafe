import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Origin = {
  readonly url: string
  /** Every request, as one string: its line and headers. */
  readonly requests: string[]
  readonly close: () => Promise<void>
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Serves on 127.0.0.1 and remembers what was asked. */
export async function startOrigin(answer: Answer): Promise<Origin> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
    response.on('error', () => {})
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with a body as storage does: ETag, Range and If-Range understood. */
export function sendBody(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const etag = etagOf(body)
  response.setHeader('etag', etag)
  response.setHeader('accept-ranges', 'bytes')
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  const condition = request.headers['if-range']
  if (from === undefined || (condition !== undefined && condition !== etag)) {
    response.writeHead(200, { 'content-length': body.length }).end(body)
    return
  }
  if (Number(from) >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
    return
  }
  const rest = body.subarray(Number(from))
  const range = `bytes ${from}-${body.length - 1}/${body.length}`
  response.writeHead(206, { 'content-length': rest.length, 'content-range': range }).end(rest)
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}

/** Bytes that look random, the same for the same seed. */
export function bytesOf(seed: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let state = seed * 2_654_435_761 + 1
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}
