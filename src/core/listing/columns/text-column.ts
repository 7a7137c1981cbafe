import { freeArrays } from './free-arrays.ts'
import { grown } from './grown-array.ts'
import { appendText, createTextBytes, readText, type TextBytes } from './text-bytes.ts'

/** How many texts share a starting point: reading one decodes at most so many. */
const blockLength = 16

/**
 * A column of texts that resemble their neighbours: links, times, ids.
 *
 * Each holds only what differs from the one before it, in UTF-8, so that a million links cost what is theirs alone. Those that
 * are all the same from the first on, as whose run it is, cost nothing.
 */
export type TextColumn = {
  readonly append: (text: string) => void
  readonly at: (index: number) => string
  /** Bytes of all texts, as they are held. */
  readonly byteLength: () => number
  readonly parts: () => TextColumnParts
  /** Gives its memory back; it must not be used any more. */
  readonly free: () => void
}

/** What a column is made of, to keep it on disk. */
export type TextColumnParts = {
  readonly count: number
  readonly bytes: Uint8Array
  readonly starts: Float64Array
  /** The first text, and how many from it on are the same; these are not among the bytes. */
  readonly lead: { readonly text: string; readonly count: number }
}

/** A column of what was kept, or an empty one with room for so much before it has to grow. */
export function createTextColumn(parts: TextColumnParts | null = null, room = { bytes: 0, count: 0 }): TextColumn {
  const content: TextBytes = parts ? { bytes: parts.bytes, length: parts.bytes.length } : createTextBytes(room.bytes)
  /** Where each block starts. A Float64 reaches past the 4 GiB of a Uint32. */
  let starts = parts?.starts ?? new Float64Array(64 + Math.ceil(room.count / blockLength))
  let count = parts?.count ?? 0
  let { text: leadText, count: leadCount } = parts?.lead ?? { text: '', count: 0 }
  let previous = ''

  function putNumber(value: number): void {
    let left = value
    content.bytes = grown(content.bytes, content.length + 8)
    while (left > 0x7f) {
      content.bytes[content.length] = (left & 0x7f) | 0x80
      content.length += 1
      left >>>= 7
    }
    content.bytes[content.length] = left
    content.length += 1
  }

  return {
    append(text) {
      if (count === leadCount && (count === 0 || text === leadText)) {
        leadText = text
        leadCount += 1
        count += 1
        return
      }
      let shared = 0
      const place = count - leadCount
      if (place % blockLength === 0) {
        starts = grown(starts, place / blockLength + 1)
        starts[place / blockLength] = content.length
      } else {
        const most = Math.min(text.length, previous.length)
        while (shared < most && text.charCodeAt(shared) === previous.charCodeAt(shared)) shared += 1
        // Never between the halves of a surrogate pair: neither half has a form in UTF-8.
        if (shared > 0 && (text.charCodeAt(shared - 1) & 0xfc00) === 0xd800) shared -= 1
      }
      putNumber(shared)
      const lengthAt = content.length
      // The length in bytes is known only afterwards; five bytes of room hold any.
      content.bytes = grown(content.bytes, lengthAt + 5)
      content.length = lengthAt + 1
      appendText(content, text, shared)
      const length = content.length - lengthAt - 1
      if (length > 0x7f) {
        let digits = 1
        for (let left = length >>> 7; left > 0; left >>>= 7) digits += 1
        content.bytes = grown(content.bytes, content.length + digits)
        content.bytes.copyWithin(lengthAt + digits, lengthAt + 1, content.length)
        content.length = lengthAt
        putNumber(length)
        content.length += length
      } else content.bytes[lengthAt] = length
      previous = text
      count += 1
    },
    at(index) {
      if (index < 0 || index >= count) return ''
      if (index < leadCount) return leadText
      const place = index - leadCount
      const block = Math.floor(place / blockLength)
      let at = starts[block] ?? 0
      let text = ''
      const number = () => {
        let value = 0
        for (let shift = 0; ; shift += 7) {
          const byte = content.bytes[at] ?? 0
          at += 1
          value |= (byte & 0x7f) << shift
          if (byte < 0x80) return value
        }
      }
      for (let each = block * blockLength; each <= place; each += 1) {
        const shared = number()
        const length = number()
        text = text.slice(0, shared) + readText(content.bytes, at, at + length)
        at += length
      }
      return text
    },
    byteLength: () => content.length,
    free: () => freeArrays(content.bytes, starts),
    parts: () => ({
      count,
      bytes: content.bytes.subarray(0, content.length),
      starts: starts.subarray(0, Math.ceil((count - leadCount) / blockLength)),
      lead: { text: leadText, count: leadCount },
    }),
  }
}
