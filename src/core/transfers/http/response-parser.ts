import { Failure } from '../../failure.ts'

/** The head of an answer; header names are in lower case, and repeated ones are joined with commas. */
export type ResponseHead = { readonly status: number; readonly headers: ReadonlyMap<string, string> }

export type ResponseParser = {
  /**
   * Takes what the socket read and hands on the body's bytes, as views that are only good during the call.
   * Answers true when the answer is complete. Throws `bad-response` for what is not HTTP/1.1.
   */
  readonly push: (bytes: Buffer) => boolean
  /** Tells that the server has closed the connection; answers whether the answer is complete with that. */
  readonly end: () => boolean
  /** Whether anything of an answer has come yet. */
  readonly hasBegun: () => boolean
  /** Whether the connection may carry another request after this answer. */
  readonly mayGoOn: () => boolean
}

type Framing =
  | { readonly kind: 'head' }
  | { readonly kind: 'length' }
  | { readonly kind: 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'complete' }

const nothing = Buffer.alloc(0)
/** Of an answer's heads, the interim ones among them, and of its trailers. */
const maximumHeadBytes = 64 * 1024
const maximumLineBytes = 4 * 1024
const maximumKnownNames = 200
const knownNames = new Map<string, string>()

/** Reads one answer to a GET request, in whatever pieces it comes (RFC 9112). */
export function createResponseParser(handlers: {
  readonly onHead: (head: ResponseHead) => void
  readonly onBody: (bytes: Buffer) => void
}): ResponseParser {
  let framing: Framing['kind'] = 'head'
  let pending: Buffer = nothing
  let left = 0
  let headBytes = 0
  let begun = false
  let keepAlive = false

  /** Takes bytes up to and with a mark, or keeps them for later and answers null. */
  function takeThrough(mark: string, bytes: Buffer, limit: number): { text: string; rest: Buffer } | null {
    const all = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes
    const at = all.indexOf(mark)
    if (at > limit || (at < 0 && all.length > limit)) throw malformed('a head or line of it is too long')
    if (at < 0) {
      // The bytes given are only lent: what is kept must be a copy.
      pending = Buffer.from(all)
      return null
    }
    pending = nothing
    return { text: all.toString('latin1', 0, at), rest: all.subarray(at + mark.length) }
  }

  /** Each may be short, and there may be no end of them. */
  function countHead({ length }: string): void {
    headBytes += length + 2
    if (headBytes > maximumHeadBytes) throw malformed('its heads or trailers are too long')
  }

  function readHead(text: string): void {
    const { status, version, headers } = parseHead(text)
    if (status >= 100 && status < 200) {
      if (status === 101) throw malformed('it changes the protocol')
      return
    }
    const connection = headers.get('connection')?.toLowerCase() ?? ''
    keepAlive = version === '1.1' ? !connection.includes('close') : connection.includes('keep-alive')
    const coding = headers.get('transfer-encoding')?.toLowerCase()
    const length = headers.get('content-length')
    if (coding !== undefined && coding !== 'chunked') throw malformed(`it has a transfer coding that is not known`)
    if (coding !== undefined) {
      // One of two framings is wrong (RFC 9112, 6.3): the chunks count, and what comes after them is not trusted.
      if (version === '1.0' || headers.delete('content-length')) keepAlive = false
    } else if (length !== undefined && !/^\d{1,15}$/.test(length)) throw malformed('it has an unclear Content-Length')
    if (status === 204 || status === 304) framing = 'complete'
    else if (coding === 'chunked') framing = 'chunk-size'
    else if (length === undefined) framing = 'until-close'
    else {
      left = Number(length)
      framing = left === 0 ? 'complete' : 'length'
    }
    if (framing === 'until-close') keepAlive = false
    handlers.onHead({ status, headers })
  }

  function readChunkSize(line: string): void {
    const size = /^([0-9a-f]{1,12})[ \t]*(;.*)?$/i.exec(line)
    if (!size) throw malformed('it has a broken chunk')
    left = Number.parseInt(size[1] as string, 16)
    framing = left === 0 ? 'trailers' : 'chunk'
  }

  /** Does one step; answers what is left of the bytes, or null when more are needed. */
  function step(bytes: Buffer): Buffer | null {
    switch (framing) {
      case 'head': {
        const head = takeThrough('\r\n\r\n', bytes, maximumHeadBytes)
        if (!head) return null
        countHead(head.text)
        readHead(head.text)
        return head.rest
      }
      case 'chunk-size': {
        const line = takeThrough('\r\n', bytes, maximumLineBytes)
        if (line) readChunkSize(line.text)
        return line?.rest ?? null
      }
      case 'chunk-end': {
        const line = takeThrough('\r\n', bytes, maximumLineBytes)
        if (line && line.text !== '') throw malformed('it has a broken chunk')
        if (line) framing = 'chunk-size'
        return line?.rest ?? null
      }
      case 'trailers': {
        const line = takeThrough('\r\n', bytes, maximumLineBytes)
        if (!line) return null
        countHead(line.text)
        if (line.text === '') framing = 'complete'
        return line.rest
      }
      case 'length':
      case 'chunk': {
        // Most often all of it is the body's: a view fewer.
        const part = bytes.length <= left ? bytes : bytes.subarray(0, left)
        left -= part.length
        if (left === 0) framing = framing === 'length' ? 'complete' : 'chunk-end'
        handlers.onBody(part)
        return part === bytes ? null : bytes.subarray(part.length)
      }
      case 'until-close':
        handlers.onBody(bytes)
        return null
      case 'complete':
        // Bytes after an answer that nobody asked for: the connection can't be trusted with another request.
        keepAlive = false
        return null
    }
  }

  return {
    push(bytes) {
      begun = true
      let rest: Buffer | null = bytes
      while (rest && rest.length > 0) rest = step(rest)
      return framing === 'complete'
    },
    end() {
      if (framing === 'until-close') framing = 'complete'
      return framing === 'complete'
    },
    hasBegun: () => begun,
    mayGoOn: () => keepAlive,
  }
}

function parseHead(text: string) {
  const start = /^HTTP\/(1\.[01]) (\d{3})(?: |\r\n|$)/.exec(text)
  if (!start) throw malformed('it is not HTTP/1.1')
  // What some read as the end of a line, and others don't.
  if (/\0|\r(?!\n)|(?<!\r)\n/.test(text)) throw malformed('it has a broken header')
  const headers = new Map<string, string>()
  for (let at = text.indexOf('\r\n'); at >= 0; ) {
    const next = text.indexOf('\r\n', at + 2)
    const line = next < 0 ? text.slice(at + 2) : text.slice(at + 2, next)
    at = next
    const colon = line.indexOf(':')
    if (colon < 1) throw malformed('it has a broken header')
    const name = nameFrom(line.slice(0, colon))
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    if (name === 'content-length' && before !== undefined && before !== value) throw malformed('it has two lengths')
    headers.set(name, before === undefined || name === 'content-length' ? value : `${before}, ${value}`)
  }
  return { version: start[1], status: Number(start[2]), headers }
}

/** A header's name in lower case. A server sends the same few with every answer: each is looked at once. */
function nameFrom(sent: string): string {
  const known = knownNames.get(sent)
  if (known !== undefined) return known
  const name = sent.toLowerCase()
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw malformed('it has a broken header')
  // A copy: the slice would keep all of its head in memory.
  if (knownNames.size < maximumKnownNames) knownNames.set(Buffer.from(sent, 'latin1').toString('latin1'), name)
  return name
}

function malformed(why: string): Failure {
  return new Failure({ kind: 'bad-response', message: `The server’s answer could not be understood: ${why}.` })
}
