import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseRange } from './byte-range.ts'
import type { SampleFile, SampleRun } from './sample-file.ts'
import type { SignedLinks } from './signed-links.ts'

/** Serves the content behind signed links, with ranges and validators, and answers errors as XML, as storage does. */
export function createStorage(options: {
  readonly runs: readonly SampleRun[]
  readonly links: SignedLinks
}): RequestListener {
  const { runs, links } = options
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return answerError(response, 405, 'MethodNotAllowed', 'Objects can only be read.')
    }
    const link = links.check(new URL(request.url ?? '/', 'http://storage.invalid'))
    if (link === 'expired') return answerError(response, 403, 'AccessDenied', 'Request has expired.')
    if (link === 'wrong-signature')
      return answerError(response, 403, 'SignatureDoesNotMatch', 'The signature does not match the request.')
    const run = link === 'no-object' ? undefined : runs.find((each) => each.executionId === link.executionId)
    const file = link === 'no-object' ? null : run?.file(link.fileId)
    if (!file) return answerError(response, 404, 'NoSuchKey', 'The object does not exist.')
    answerFile(request, response, file)
  }
}

function answerFile(request: IncomingMessage, response: ServerResponse, file: SampleFile): void {
  const { content, mimeType, updatedAt } = file
  const etag = `"${content.version}"`
  const lastModified = new Date(updatedAt).toUTCString()
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader('etag', etag)
  response.setHeader('last-modified', lastModified)
  response.setHeader('content-type', mimeType ?? 'application/octet-stream')
  response.setHeader('cache-control', 'private, max-age=0')
  if (content.md5 !== null) response.setHeader('x-goog-hash', `md5=${content.md5}`)

  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end()
    return
  }
  // A range of another version would be spliced onto what the client already has: then all of it is sent (RFC 9110, 13.1.5).
  const condition = request.headers['if-range']
  const holds = condition === undefined || condition === etag || condition === lastModified
  const range = holds && request.method === 'GET' ? parseRange(request.headers.range, content.size) : null
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${content.size}`)
    answerError(response, 416, 'InvalidRange', 'The requested range is not satisfiable.')
    return
  }
  const { from, to } = range ?? { from: 0, to: content.size }
  response.setHeader('content-length', to - from)
  if (range) response.setHeader('content-range', `bytes ${from}-${to - 1}/${content.size}`)
  response.writeHead(range ? 206 : 200)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // A client that goes away in the middle is no fault of the server's.
  pipeline(Readable.from(content.read(from, to), { objectMode: false }), response).catch(() => response.destroy())
}

function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  const body = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
  response.setHeader('content-type', 'application/xml; charset=UTF-8')
  response.writeHead(status).end(body)
}
