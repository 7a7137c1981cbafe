import { grown } from './grown-array.ts'

const encoder = new TextEncoder()

/** UTF-8 text put one after another in one growing buffer. */
export type TextBytes = {
  bytes: Uint8Array
  length: number
}

export function createTextBytes(room = 0): TextBytes {
  return { bytes: new Uint8Array(Math.max(room, 1024)), length: 0 }
}

/** Appends the text from `from` on. Plain ASCII, by far the most common, skips the encoder and its call. */
export function appendText(to: TextBytes, text: string, from = 0): void {
  const start = to.length
  to.bytes = grown(to.bytes, start + (text.length - from) * 3)
  const { bytes } = to
  let at = start
  for (let index = from; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f) {
      to.length = start + encoder.encodeInto(text.slice(from), bytes.subarray(start)).written
      return
    }
    bytes[at] = unit
    at += 1
  }
  to.length = at
}

/** Reads UTF-8 bytes; short ASCII is put together here, since a decoder's call costs more than the text. */
export function readText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 64) return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
  let text = ''
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte > 0x7f) return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    text += String.fromCharCode(byte)
  }
  return text
}
