/** One line as it is drawn: a long one is cut into several, of which only the first has a number. */
export type TextLine = {
  readonly text: string
  /** Which line of the text it belongs to, from 0, and where in it it starts. */
  readonly line: number
  readonly offset: number
}

/** No drawn line is longer, in UTF-16 units: the browser lays out a line of a megabyte in seconds. */
export const maximumLineLength = 2_000
/** No more lines are drawn. */
const maximumLines = 1_000_000

/**
 * Splits a text into lines to draw. Understands all three line endings.
 *
 * `columns` wraps lines at that many letters of one width, at a space where there is one; null cuts only what is too long.
 */
export function splitLines(text: string, columns: number | null): readonly TextLine[] {
  const lines: TextLine[] = []
  let start = 0
  for (let line = 0; start <= text.length && lines.length < maximumLines; line += 1) {
    const end = endOfLine(text, start)
    let at = start
    do {
      const to = columns === null ? cutAt(text, at, end.at) : wrapAt(text, at, end.at, columns)
      lines.push({ text: text.slice(at, to), line, offset: at - start })
      at = to
    } while (at < end.at)
    if (end.length === 0) break
    start = end.at + end.length
  }
  // A line break ends the last line; it does not begin another.
  const last = lines.at(-1)
  if (lines.length > 1 && last?.text === '' && last.offset === 0) lines.pop()
  return lines
}

function endOfLine(text: string, from: number): { readonly at: number; readonly length: number } {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10) return { at, length: 1 }
    if (code === 13) return { at, length: text.charCodeAt(at + 1) === 10 ? 2 : 1 }
  }
  return { at: text.length, length: 0 }
}

/** Where to cut a long line: never between the halves of a surrogate pair. */
function cutAt(text: string, from: number, end: number): number {
  const to = Math.min(end, from + maximumLineLength)
  return to < end && isHighSurrogate(text.charCodeAt(to - 1)) ? to - 1 : to
}

function wrapAt(text: string, from: number, end: number, columns: number): number {
  let width = 0
  let space = -1
  for (let at = from; at < end; ) {
    const code = text.charCodeAt(at)
    width += code === 9 ? tabWidth - (width % tabWidth) : isWide(code) ? 2 : 1
    if (width > columns && at > from) return space > from ? space : at
    at += isHighSurrogate(code) && at + 1 < end ? 2 : 1
    if (code === 32 || code === 9) space = at
  }
  return end
}

const tabWidth = 4

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/** Letters of East Asia and pictures take two places (Unicode, UAX 11). */
function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xdbff) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60))
  )
}
