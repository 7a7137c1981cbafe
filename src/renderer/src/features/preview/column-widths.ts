/** A column as its cells want it. `wanted` is the width of its widest cell, in pixels. */
export type MeasuredColumn = { readonly wanted: number; readonly isNumber: boolean }

const sampledRows = 200
const longestMeasured = 120
const padding = 24
const least = 48
/** What a column may take while others wait for room. */
const most = 300

/** What the columns want, by the first rows; the first of them may be the head, which tells nothing of what is a number. */
export function measureColumns(
  rows: readonly (readonly string[])[],
  isFirstHeader: boolean,
  widthOf: (text: string) => number,
): readonly MeasuredColumn[] {
  const sample = rows.slice(0, sampledRows)
  const count = sample.reduce((highest, row) => Math.max(highest, row.length), 0)
  return Array.from({ length: count }, (_, column) => {
    const cells = sample.map((row) => (row[column] ?? '').slice(0, longestMeasured))
    // Measuring is slow; the widest is among the longest.
    const longest = cells.toSorted((a, b) => b.length - a.length).slice(0, 4)
    const filled = cells.slice(isFirstHeader ? 1 : 0).filter((cell) => cell !== '')
    return {
      wanted: Math.max(least, Math.ceil(Math.max(...longest.map(widthOf), 0)) + padding),
      isNumber: filled.length > 0 && filled.every(isNumber),
    }
  })
}

/** The columns' widths: what they want up to a bound, and beyond it what room is left, shared by those that want it. */
export function fitColumns(columns: readonly MeasuredColumn[], available: number): readonly number[] {
  const widths = columns.map(({ wanted }) => Math.min(wanted, most))
  const left = available - widths.reduce((sum, width) => sum + width, 0)
  const missing = columns.map(({ wanted }, index) => wanted - (widths[index] ?? 0))
  const allMissing = missing.reduce((sum, width) => sum + width, 0)
  if (left <= 0 || allMissing === 0) return widths
  const share = Math.min(1, left / allMissing)
  return widths.map((width, index) => Math.floor(width + (missing[index] ?? 0) * share))
}

/** A number as tables write it: with a sign, a currency or a percent sign. */
export function isNumber(cell: string): boolean {
  return /^[-+(]?\p{Sc}?\s?[-+]?\d[\d.,\s]*\s?(?:%|\p{Sc})?\)?$/u.test(cell)
}
