import { Failure } from '../../failure.ts'

/** The head of an answer; header names are in lower case, and repeated ones are joined with commas. */
export type ResponseHead = { readonly status: number; readonly headers: ReadonlyMap<string, string> }

/** What hears of an answer. */
export type ResponseHandlers = {
  readonly onHead: (head: ResponseHead) => void
  /** Gets the body as it comes. The bytes are only good during the call. What it throws ends the exchange. */
  readonly onBody: (bytes: Buffer) => void
}

export type ResponseParser = {
  /** Makes ready for the next answer. */
  readonly begin: (handlers: ResponseHandlers) => void
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

/** `line` is with its end. */
type StatusLine = { readonly line: string; readonly version: string; readonly status: number }
type HeaderLine = { readonly line: string; readonly name: string; readonly value: string }

const nothing = Buffer.alloc(0)
const unheard: ResponseHandlers = { onHead() {}, onBody() {} }
/** Of an answer's heads, the interim ones among them, and of its trailers. */
const maximumHeadBytes = 64 * 1024
const maximumLineBytes = 4 * 1024
const lineEnd = '\r\n'
/** The lines of the newest head that is not long, by their place in it. */
let statusBefore: StatusLine | null = null
const linesBefore: HeaderLine[] = []
const maximumKnownLines = 32
const maximumKnownHead = 2 * 1024
const maximumKnownNames = 200
const knownNames = new Map<string, string>()

/** Reads answers to GET requests, one after the other, in whatever pieces they come (RFC 9112). */
export function createResponseParser(): ResponseParser {
  let handlers: ResponseHandlers = unheard
  let framing: Framing['kind'] = 'head'
  let pending: Buffer = nothing
  let left = 0
  let headBytes = 0
  let begun = false
  let keepAlive = false

  /** Takes bytes up to and with a mark, or keeps them for later and answers null; the text has `kept` bytes of the mark. */
  function takeThrough(mark: string, bytes: Buffer, limit: number, kept = 0): { text: string; rest: Buffer } | null {
    const all = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes
    const at = all.indexOf(mark)
    if (at > limit || (at < 0 && all.length > limit)) throw malformed('a head or line of it is too long')
    if (at < 0) {
      // The bytes given are only lent: what is kept must be a copy.
      pending = Buffer.from(all)
      return null
    }
    pending = nothing
    return { text: all.toString('latin1', 0, at + kept), rest: restFrom(all, at + mark.length) }
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
        const head = takeThrough('\r\n\r\n', bytes, maximumHeadBytes, lineEnd.length)
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
    begin(next) {
      handlers = next
      framing = 'head'
      pending = nothing
      left = 0
      headBytes = 0
      begun = false
      keepAlive = false
    },
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

/** `text` is a head with the end of each line, but without the empty one. */
function parseHead(text: string) {
  const { line, version, status } = statusFrom(text)
  const headers = new Map<string, string>()
  let at = line.length
  for (let place = 0; at < text.length; place += 1) {
    const { line, name, value } = headerAt(text, at, place)
    at += line.length
    const before = headers.get(name)
    if (name === 'content-length' && before !== undefined && before !== value) throw malformed('it has two lengths')
    headers.set(name, before === undefined || name === 'content-length' ? value : `${before}, ${value}`)
  }
  return { version, status, headers }
}

/** A server says much the same with every answer: a line that is as in the head before is not looked at again. */
function statusFrom(text: string): StatusLine {
  if (statusBefore && text.startsWith(statusBefore.line)) return statusBefore
  const line = lineFrom(text, 0)
  const start = /^HTTP\/(1\.[01]) (\d{3})(?: |\r\n)/.exec(line)
  if (!start) throw malformed('it is not HTTP/1.1')
  const found = { line, version: start[1] as string, status: Number(start[2]) }
  if (text.length <= maximumKnownHead) statusBefore = found
  return found
}

function headerAt(text: string, at: number, place: number): HeaderLine {
  const before = linesBefore[place]
  if (before && text.startsWith(before.line, at)) return before
  const line = lineFrom(text, at)
  const colon = line.indexOf(':')
  if (colon < 1) throw malformed('it has a broken header')
  const found = { line, name: nameFrom(line.slice(0, colon)), value: line.slice(colon + 1).trim() }
  if (text.length <= maximumKnownHead && place < maximumKnownLines) linesBefore[place] = found
  return found
}

/** A line up to and with its end. Throws for what some read as the end of a line, and others don't. */
function lineFrom(text: string, at: number): string {
  const line = text.slice(at, text.indexOf(lineEnd, at) + lineEnd.length)
  if (/\0|\r(?!\n)|(?<!\r)\n/.test(line)) throw malformed('it has a broken header')
  return line
}

let lastRest: Buffer = nothing

/** Most bodies begin where the one before did, in the buffer that all reads share: they share a view, too. */
function restFrom(bytes: Buffer, at: number): Buffer {
  const isSame =
    lastRest.buffer === bytes.buffer &&
    lastRest.byteOffset === bytes.byteOffset + at &&
    lastRest.length === bytes.length - at
  if (!isSame) lastRest = bytes.subarray(at)
  return lastRest
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
