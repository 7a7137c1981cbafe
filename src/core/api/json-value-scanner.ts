const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c

/** Finds where one JSON value ends, in bytes that arrive in pieces; what it means is for `JSON.parse` to say. */
export type JsonValueScanner = {
  /** Starts at a value's first byte. */
  readonly start: (firstByte: number) => void
  /**
   * Goes on from `at`, which at first is the value's own first byte; answers where the value ends, or -1 when it does
   * not end in these bytes.
   */
  readonly scan: (bytes: Uint8Array, at: number) => number
}

export function createJsonValueScanner(): JsonValueScanner {
  let depth = 0
  let inText = false
  let escaped = false
  let scalar = false

  return {
    start(firstByte) {
      depth = 0
      inText = false
      escaped = false
      scalar = firstByte !== quote && firstByte !== openBrace && firstByte !== openBracket
    },
    scan(bytes, from) {
      const length = bytes.length
      let at = from
      if (scalar) {
        while (at < length && !endsScalar(bytes[at] ?? 0)) at += 1
        return at < length ? at : -1
      }
      while (at < length) {
        if (inText) {
          // Most bytes of a listing are text, so this loop looks for the two that matter and nothing else.
          if (escaped) {
            escaped = false
            at += 1
          }
          while (at < length && bytes[at] !== quote && bytes[at] !== backslash) at += 1
          if (at === length) return -1
          if (bytes[at] === backslash) escaped = true
          else inText = false
          at += 1
          if (!inText && depth === 0) return at
          continue
        }
        const byte = bytes[at]
        at += 1
        if (byte === quote) inText = true
        else if (byte === openBrace || byte === openBracket) depth += 1
        else if (byte === closeBrace || byte === closeBracket) {
          depth -= 1
          if (depth === 0) return at
        }
      }
      return -1
    },
  }
}

export function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function endsScalar(byte: number): boolean {
  return byte === comma || byte === closeBrace || byte === closeBracket || isJsonSpace(byte)
}
