import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ByteRange } from '../api/client.ts'
import { Failure } from '../failure.ts'
import { createBoundedMap } from './bounded-map.ts'
import type { RemoteFile } from './remote-file.ts'

type Content =
  | { readonly what: 'file'; readonly remote: RemoteFile; readonly mime: string }
  | { readonly what: 'page'; readonly html: string }

/** Hands content to the window's `<img>`, `<audio>`, `<video>` and sandboxed `<iframe>` under addresses that can't be guessed. */
export type ContentRoute = {
  /** Answers the address of a file's content, relative to the window's page. */
  readonly addFile: (remote: RemoteFile, mime: string) => string
  /** Answers the address of a page of HTML, relative to the window's page. */
  readonly addPage: (html: string) => string
  /** Answers a request for such an address; the path is all that is read of the URL. Never throws. */
  readonly answer: (request: Request) => Promise<Response>
}

const contentPath = 'content/'

/**
 * What holds for all content, whatever it is: it may not run, fetch, navigate, be sniffed or be kept.
 * A page may use the styles and pictures that it carries in itself.
 */
const inert = "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'"
const headersOfAll = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
}
const pageHeaders = {
  ...headersOfAll,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `${inert}; style-src 'unsafe-inline'; img-src data:; font-src data:`,
  'x-dns-prefetch-control': 'off',
}

/** Makes the route; it remembers the last files and pages that it was given. */
export function createContentRoute(): ContentRoute {
  const files = createBoundedMap<string, Content>(64)
  const pages = createBoundedMap<string, Content>(4)

  function add(entries: typeof files, content: Content): string {
    const token = randomBytes(16).toString('hex')
    entries.set(token, content)
    return contentPath + token
  }

  return {
    addFile: (remote, mime) => add(files, { what: 'file', remote, mime }),
    addPage: (html) => add(pages, { what: 'page', html }),
    async answer(request) {
      if (request.method !== 'GET') return plain(405, 'Only GET is answered.')
      const token = new URL(request.url).pathname.replace(/^\/+/, '').slice(contentPath.length)
      const content = files.get(token) ?? pages.get(token)
      if (!content) return plain(404, 'This content is no longer open.')
      if (content.what === 'page') return new Response(content.html, { headers: pageHeaders })
      return answerFile(content.remote, content.mime, request).catch((thrown: unknown) =>
        plain(502, thrown instanceof Failure ? thrown.error.message : 'The content could not be read.'),
      )
    },
  }
}

async function answerFile(remote: RemoteFile, mime: string, request: Request): Promise<Response> {
  const range = parseRange(request.headers.get('range'), remote.file().size)
  const part = await remote.open(range, request.signal)
  if (!part) return plain(416, 'The file ends before this part.')
  const headers = new Headers({
    ...headersOfAll,
    'content-type': mime,
    'content-security-policy': inert,
    'accept-ranges': 'bytes',
  })
  if (part.length !== null) headers.set('content-length', String(part.length))
  // A body that ends early is the reader's to notice; without this an abort would go unheard.
  part.body.on('error', () => {})
  const body = Readable.toWeb(part.body) as ReadableStream<Uint8Array>
  if (!range || part.size === null || part.length === null || part.from !== range.from)
    return new Response(body, { headers })
  headers.set('content-range', `bytes ${part.from}-${part.from + part.length - 1}/${part.size}`)
  return new Response(body, { status: 206, headers })
}

/** One range, as media elements ask for it (RFC 9110, 14.1.2); anything else means the whole file. */
function parseRange(header: string | null, size: number | null): ByteRange | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match) return null
  const [, first = '', last = ''] = match
  if (first !== '') return last === '' ? { from: Number(first) } : { from: Number(first), to: Number(last) }
  return last === '' || size === null ? null : { from: Math.max(0, size - Number(last)) }
}

function plain(status: number, message: string): Response {
  return new Response(message, { status, headers: { ...headersOfAll, 'content-type': 'text/plain; charset=utf-8' } })
}
