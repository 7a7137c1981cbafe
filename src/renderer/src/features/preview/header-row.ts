import { isNumber } from './column-widths.ts'

type Rows = readonly (readonly string[])[]

const sampledRows = 200
const longestName = 100
const usualNames = new Set(
  'name title id url link email address path file filename date time status type value text description key'.split(' '),
)

/**
 * Guesses whether the first row names the columns: all of it is short text, no two are the same, every column in use has
 * a name, and none of them comes again below it. A single column also needs values below it, or a usual name.
 */
export function hasHeader(rows: Rows): boolean {
  const [first = [], ...others] = rows.slice(0, sampledRows)
  // Tables that were put together have their header again; a list of one column may well have a text twice.
  const below = first.length < 2 ? others : others.filter((row) => row.join('\n') !== first.join('\n'))
  const names = first.map((cell) => cell.trim())
  const given = names.filter((name) => name !== '')
  if (given.length === 0 || new Set(given).size < given.length) return false
  if (given.some((name) => name.length > longestName || isValue(name))) return false
  // In a list of words nothing tells a name from the rest but that it names columns elsewhere, too.
  if (first.length === 1 && !usualNames.has(names[0]?.toLowerCase() ?? ''))
    return below.length > 0 && below.every(([cell = '']) => cell.trim() === '' || isValue(cell.trim()))
  const width = below.reduce((most, row) => Math.max(most, row.length), names.length)
  return Array.from({ length: width }, (_, column) => column).every((column) => {
    const name = names[column] ?? ''
    const cells = below.map((row) => row[column]?.trim() ?? '')
    // An index is written without a name, and a broken row may be longer than the others.
    if (name === '') return column === 0 || cells.filter((cell) => cell !== '').length <= below.length / 2
    return !cells.includes(name)
  })
}

/** How many rows hold something, the header not among them. */
export function countRows(rows: Rows, isFirstHeader: boolean): number {
  const filled = (row: readonly string[]) => row.some((cell) => cell.trim() !== '')
  return rows.reduce((count, row, index) => count + (filled(row) && !(isFirstHeader && index === 0) ? 1 : 0), 0)
}

const values = [
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]|$)/,
  /^\d{1,2}:\d{2}(:\d{2}|$)/,
  /^(true|false|yes|no|null|n\/?a|-)$/i,
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  /^[a-z][a-z\d+.-]*:\/\//i,
  /^[^\s@]+@[^\s@]+\.[a-z]+$/i,
]

/** Whether a text is what stands in a table rather than above it: a number, a time, an id, an address. */
function isValue(text: string): boolean {
  return isNumber(text) || values.some((value) => value.test(text))
}
