import { freeArrays } from './free-arrays.ts'
import { grown } from './grown-array.ts'
import { createTextColumn, type TextColumn, type TextColumnParts } from './text-column.ts'

/**
 * A column of times that gives each text back exactly. Those in the usual form, in UTC with whole seconds, milliseconds
 * or microseconds, are kept as numbers; any other as the text it is.
 *
 * The files of a run mostly come within weeks of each other, in whole milliseconds: four bytes tell how long before or
 * after the first a time is. One that is further away, or more exact, makes all of them eight bytes long.
 */
export type TimeColumn = {
  readonly append: (text: string) => void
  readonly at: (index: number) => string
  /** Milliseconds since 1970; NaN when unknown. */
  readonly timeAt: (index: number) => number
  readonly parts: () => TimeColumnParts
  readonly free: () => void
}

export type TimeColumnParts = {
  readonly base: number
  readonly times: Times
  readonly digits: Uint8Array
  readonly others: TextColumnParts
}

/** Milliseconds since `base`, or since 1970. */
type Times = Int32Array | Float64Array

/** Stands where others have a time since `base`, for one that is unknown. */
const unknown = -0x80000000
const mostSinceBase = 0x7fffffff

/** Stands where others have their digits after the second, for a time that is kept as text. */
const asText = 255

/** A column of what was kept, or an empty one with room for so many before it has to grow. */
export function createTimeColumn(parts: TimeColumnParts | null = null, room = 64): TimeColumn {
  let base = parts?.base ?? Number.NaN
  let times: Times = parts?.times ?? new Int32Array(room)
  let digits = parts?.digits ?? new Uint8Array(room)
  let count = parts?.digits.length ?? 0
  const others: TextColumn = createTextColumn(parts?.others)
  const place = new Map<number, number>()
  for (let index = 0; index < count; index += 1) if (digits[index] === asText) place.set(index, place.size)

  function timeAt(index: number): number {
    if (index >= count) return Number.NaN
    const time = times[index] ?? Number.NaN
    if (times instanceof Float64Array) return time
    return time === unknown ? Number.NaN : base + time
  }
  function putTime(index: number, time: number): void {
    times = grown(times, index + 1)
    if (Number.isNaN(base)) base = Math.floor(time)
    const since = time - base
    if (times instanceof Float64Array) times[index] = time
    else if (Number.isNaN(time)) times[index] = unknown
    else if (Number.isInteger(since) && Math.abs(since) <= mostSinceBase) times[index] = since
    else {
      const wide = new Float64Array(times.length)
      for (let each = 0; each < index; each += 1) wide[each] = timeAt(each)
      wide[index] = time
      freeArrays(times)
      times = wide
    }
  }

  return {
    append(text) {
      digits = grown(digits, count + 1)
      const usual = parseUsual(text)
      putTime(count, usual ? usual.time : text === '' ? Number.NaN : Date.parse(text))
      digits[count] = usual ? usual.digits : asText
      if (!usual) {
        place.set(count, place.size)
        others.append(text)
      }
      count += 1
    },
    at(index) {
      if (digits[index] === asText) return others.at(place.get(index) ?? -1)
      return index < count ? formatUsual(timeAt(index), digits[index] ?? 0) : ''
    },
    timeAt,
    free() {
      freeArrays(times, digits)
      others.free()
    },
    parts: () => ({
      base: Number.isNaN(base) ? 0 : base,
      times: times.subarray(0, count),
      digits: digits.subarray(0, count),
      others: others.parts(),
    }),
  }
}

/** Reads `2026-01-31T12:00:00Z` with 0, 3 or 6 digits after the second; null for anything else. */
function parseUsual(text: string): { readonly time: number; readonly digits: number } | null {
  const after = text.length === 20 ? 0 : text.length - 21
  if ((after !== 0 && after !== 3 && after !== 6) || !text.endsWith('Z')) return null
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return null
  if (after > 0 && text[19] !== '.') return null
  const [year, month, day] = [number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)]
  const [hour, minute, second] = [number(text, 11, 13), number(text, 14, 16), number(text, 17, 19)]
  const fraction = after > 0 ? number(text, 20, 20 + after) : 0
  const isUsual = year >= 1970 && year < 2200 && month >= 1 && day >= 1 && hour >= 0 && hour < 24 && minute >= 0
  if (!isUsual || minute > 59 || second < 0 || second > 59 || fraction < 0 || month > 12) return null
  const start = Date.UTC(year, month - 1, day, hour, minute, second)
  // A day that the month does not have would roll over, and come back as another text.
  if (day > 28 && new Date(start).getUTCDate() !== day) return null
  return { time: start + (after === 6 ? fraction / 1000 : fraction), digits: after }
}

function formatUsual(time: number, digits: number): string {
  // Microseconds are exact in a double until long after 2200.
  const micros = Math.round((time % 1000) * 1000)
  const whole = new Date(time - micros / 1000).toISOString().slice(0, 19)
  if (digits === 0) return `${whole}Z`
  return `${whole}.${String(micros).padStart(6, '0').slice(0, digits)}Z`
}

/** The number that digits stand for, or -1 for anything else. */
function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
