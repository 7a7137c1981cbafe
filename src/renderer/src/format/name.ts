/**
 * A name or path with what can't be seen made visible: control characters, and those that turn the direction of text,
 * with which `exe.txt` can be made to look like `txt.exe`. Each is replaced by one character, so that places in the text
 * stay where they are.
 */
export function visibleName(name: string): string {
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '␦'
  })
}

const fromRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const longName = 24
const longestEnding = 8
const keptBeforeEnding = 6

/** Where the part of a long name begins that stays on show where there is no room: its ending and a few letters. */
export function endOfName(name: string): number {
  // Two parts of a text that runs to the left would stand in the wrong order.
  if (name.length <= longName || fromRightToLeft.test(name)) return name.length
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= longestEnding ? dot : name.length
  const cut = ending - keptBeforeEnding
  // A character beyond the first plane is two units, and is not taken apart.
  return /[\udc00-\udfff]/.test(name[cut] ?? '') ? cut - 1 : cut
}

/** As `endOfName`, for the last name of a path, which is kept whole where it is not long. */
export function endOfPath(path: string): number {
  const from = path.lastIndexOf('/') + 1
  const name = path.slice(from)
  const isKept = from > 0 && path.length > longName && name.length <= longName
  return isKept ? from : from + endOfName(name)
}
