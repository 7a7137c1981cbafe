import { findLegacyEncoding, type LegacyEncoding } from './legacy-encoding.ts'

/** How a text is encoded: a label that `TextDecoder` knows. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding

/** Control characters that no text holds; tab, line feed, form feed, carriage return and escape are common in logs. */
const controls = new Set(
  Array.from({ length: 32 }, (_, code) => code).filter((code) => ![8, 9, 10, 12, 13, 27].includes(code)),
)

/**
 * Finds the encoding of a text from its first bytes, or null when they are no text.
 *
 * A byte order mark decides; else valid UTF-8; else UTF-16 by where its zero bytes stand; else an older encoding by its
 * language's letters; else windows-1252, which can decode anything. `complete` tells that nothing was cut off, so that a broken last character counts.
 */
export function findEncoding(bytes: Uint8Array, complete: boolean): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes.includes(0)) return findUtf16(bytes)
  const bad = bytes.reduce((count, byte) => count + (controls.has(byte) ? 1 : 0), 0)
  if (bad > bytes.length / 200) return null
  if (isUtf8(bytes, complete)) return 'utf-8'
  return bad === 0 ? findLegacyEncoding(bytes, complete) : null
}

function isUtf8(bytes: Uint8Array, complete: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete })
    return true
  } catch {
    return false
  }
}

/** Mostly Latin text in UTF-16 has its zero bytes on one side only. */
function findUtf16(bytes: Uint8Array): Encoding | null {
  const zeros: [number, number] = [0, 0]
  const even = bytes.length - (bytes.length % 2)
  for (let index = 0; index < even; index += 1) if (bytes[index] === 0) zeros[index % 2 === 0 ? 0 : 1] += 1
  const [first, second] = zeros
  const pairs = even / 2
  if (second > pairs * 0.4 && first <= pairs * 0.02) return decodes(bytes.subarray(0, even), 'utf-16le')
  if (first > pairs * 0.4 && second <= pairs * 0.02) return decodes(bytes.subarray(0, even), 'utf-16be')
  return null
}

function decodes(bytes: Uint8Array, encoding: Encoding): Encoding | null {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, 4_096))
  for (const character of text) if (controls.has(character.charCodeAt(0))) return null
  return encoding
}
