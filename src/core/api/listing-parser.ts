import { Failure } from '../failure.ts'
import { createJsonValueScanner, isJsonSpace } from './json-value-scanner.ts'
import { parseFile, type WireFile } from './wire.ts'

/** What an answer says beside its files. */
export type ListingFacts = {
  /** Directories that the answer named, also those without files. */
  readonly directories: readonly string[]
  /** Entries that could not be understood. */
  readonly leftOut: number
  readonly lastUpdated: string | null
}

/** A whole answer of the API: what was understood, and how many entries were not. */
export type WireListing = ListingFacts & { readonly files: readonly WireFile[] }

/**
 * Reads the answer of `GET /executions/{executionId}/files` as it arrives.
 *
 * A malformed entry is counted and left out; it never costs the others. Held in memory are the bytes at hand and one
 * entry; one of more than a mebibyte is malformed.
 */
export type ListingParser = {
  /** Takes the next bytes. Throws `bad-response` when they can't be part of a listing. */
  readonly push: (bytes: Uint8Array) => void
  /** Throws `bad-response` when the answer is not complete, or has no `directories`. */
  readonly end: () => ListingFacts
}

const largestValue = 1024 * 1024
/** How many entries are given to `JSON.parse` at a time: a call for each would cost as much as the parsing. */
const batchLength = 500

/** The objects and arrays that are entered; everything else is a value, read whole. */
type Place = 'answer' | 'directories' | 'group'
type Expected = 'value' | 'key' | 'colon' | 'comma' | 'first-key' | 'first-value' | 'nothing'

export function createListingParser(onFile: (file: WireFile) => void): ListingParser {
  const scanner = createJsonValueScanner()
  const directories = new Set<string>()
  let leftOut = 0
  let lastUpdated: string | null = null
  let sawDirectories = false

  let started = false
  const places: Place[] = []
  let expected: Expected = 'value'
  /** The key in the answer, or the directory's name, that the next value belongs to. */
  let key = ''
  let directory = ''

  /** The value that is being read: the bytes of it from earlier pieces, or null when it is too large to keep. */
  let reading = false
  let earlier: Uint8Array[] | null = []
  let earlierLength = 0
  /** Starts and ends, within the bytes at hand, of entries that are complete and not yet parsed. */
  const batch: number[] = []

  function push(bytes: Uint8Array): void {
    let at = 0
    if (!started && bytes.length > 0) {
      started = true
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3
    }
    while (at < bytes.length) {
      if (reading) at = readOn(bytes, at, at)
      else if (isJsonSpace(bytes[at] ?? 0)) at += 1
      else at = step(bytes, at)
    }
    flush(bytes)
  }

  /** Takes the one byte, or the value, that stands at `at`; answers where the next stands. */
  function step(bytes: Uint8Array, at: number): number {
    const byte = String.fromCharCode(bytes[at] ?? 0)
    const place = places.at(-1)
    switch (expected) {
      case 'first-key':
      case 'key':
        if (byte === '}' && expected === 'first-key') return leave(at)
        if (byte !== '"') throw notJson()
        return startValue(bytes, at)
      case 'colon':
        if (byte !== ':') throw notJson()
        expected = 'value'
        return at + 1
      case 'comma':
        if (byte === (place === 'group' ? ']' : '}')) {
          if (place === 'group') flush(bytes)
          return leave(at)
        }
        if (byte !== ',') throw notJson()
        expected = place === 'group' ? 'value' : 'key'
        return at + 1
      case 'first-value':
        if (byte === ']') return leave(at)
        return startValue(bytes, at)
      case 'value':
        if (byte === ']' || byte === '}' || byte === ',' || byte === ':') throw notJson()
        if (place === undefined) {
          if (byte !== '{') throw byte === '[' || isJson(bytes.subarray(at)) ? noDirectories() : notJson()
          return enter('answer', at)
        }
        if (place === 'answer' && key === 'directories') {
          if (byte !== '{') throw noDirectories()
          sawDirectories = true
          return enter('directories', at)
        }
        if (place === 'directories' && byte === '[') return enter('group', at)
        return startValue(bytes, at)
      case 'nothing':
        throw notJson()
    }
  }

  function enter(place: Place, at: number): number {
    places.push(place)
    expected = place === 'group' ? 'first-value' : 'first-key'
    return at + 1
  }
  function leave(at: number): number {
    places.pop()
    expected = places.length === 0 ? 'nothing' : 'comma'
    return at + 1
  }

  function startValue(bytes: Uint8Array, at: number): number {
    reading = true
    earlier = []
    earlierLength = 0
    scanner.start(bytes[at] ?? 0)
    return readOn(bytes, at, at)
  }
  /** Reads on in the value that is being read, of which these bytes hold what is from `start` on. */
  function readOn(bytes: Uint8Array, at: number, start: number): number {
    const end = scanner.scan(bytes, at)
    if (end < 0) {
      // What is kept for the next piece must be a copy: the bytes at hand belong to whoever gave them.
      keep(bytes.slice(start))
      return bytes.length
    }
    reading = false
    if (places.at(-1) === 'group' && earlierLength === 0 && end - start <= largestValue) {
      batch.push(start, end)
      expected = 'comma'
      if (batch.length >= batchLength * 2) flush(bytes)
      return end
    }
    keep(bytes.subarray(start, end))
    finishValue(earlier === null ? undefined : parseValue(decode(joined(earlier))))
    return end
  }
  function keep(part: Uint8Array): void {
    earlierLength += part.length
    if (earlierLength > largestValue) earlier = null
    else earlier?.push(part)
  }

  /** Takes a value that was read whole; undefined when it is malformed or too large. */
  function finishValue(value: unknown): void {
    const place = places.at(-1)
    if (expected === 'key' || expected === 'first-key') {
      if (typeof value !== 'string') throw notJson()
      if (place === 'directories') {
        directory = value
        directories.add(value)
      } else key = value
      expected = 'colon'
      return
    }
    expected = 'comma'
    if (place === 'group') takeEntry(value)
    else if (place === 'directories') {
      if (value !== null) leftOut += 1
    } else if (key === 'lastUpdated') lastUpdated = typeof value === 'string' ? value : null
  }

  function takeEntry(value: unknown): void {
    const file = parseFile(value, directory)
    if (file) onFile(file)
    else leftOut += 1
  }
  function flush(bytes: Uint8Array): void {
    if (batch.length === 0) return
    const whole = parseValue(`[${decode(bytes.subarray(batch[0], batch.at(-1)))}]`)
    if (Array.isArray(whole) && whole.length === batch.length / 2) for (const value of whole) takeEntry(value)
    // One that is not JSON spoils the whole text; alone, it spoils only itself.
    else
      for (let at = 0; at < batch.length; at += 2)
        takeEntry(parseValue(decode(bytes.subarray(batch[at], batch[at + 1]))))
    batch.length = 0
  }

  return {
    push,
    end() {
      if (expected !== 'nothing') throw started ? badResponse('it is not complete') : notJson()
      if (!sawDirectories) throw noDirectories()
      return { directories: [...directories], leftOut, lastUpdated }
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}

/** Undefined, which is no JSON, for what is not JSON. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether an answer that is no object is JSON all the same: `null`, say. Such an answer is short, and comes at once. */
function isJson(bytes: Uint8Array): boolean {
  return bytes.length < 4_096 && parseValue(decode(bytes)) !== undefined
}

function notJson(): Failure {
  return badResponse('it is not JSON')
}

function noDirectories(): Failure {
  return badResponse('it has no list of directories')
}

function badResponse(why: string): Failure {
  return new Failure({ kind: 'bad-response', message: `The server’s answer could not be used: ${why}.` })
}
