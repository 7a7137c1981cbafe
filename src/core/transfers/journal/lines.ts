import { crc32 } from 'node:zlib'

/**
 * Lines that tell whether they are whole: a check sum in hexadecimal, a blank, JSON. A kill or a loss of power can tear
 * the last line, or leave zeros in its place; such a line is passed over.
 */
export function toLine(record: unknown): string {
  const text = JSON.stringify(record)
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`
}

/** Reads lines back, those that are whole. */
export function* fromLines(content: string): Generator<unknown> {
  // Not all cut up before the first is given: who reads a hundred thousand does other things meanwhile.
  for (let at = 0, end = 0; end !== -1; at = end + 1) {
    end = content.indexOf('\n', at)
    const line = content.slice(at, end === -1 ? undefined : end)
    const text = line.slice(9)
    if (line[8] !== ' ' || crc32(text).toString(16).padStart(8, '0') !== line.slice(0, 8)) continue
    const record = parsed(text)
    if (record !== undefined) yield record
  }
}

/** A line whose sum is right by chance or by hand costs itself, and not the batches beside it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
