import type { Listing } from '../../../shared/models/listing.ts'
import { foldText } from './fold-text.ts'

/** One condition of a query. Texts are folded, sizes in bytes, times in milliseconds since 1970; ends are included. */
export type Condition =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'glob'; readonly pattern: string }
  | { readonly kind: 'size'; readonly from: number; readonly to: number }
  | { readonly kind: 'modified'; readonly from: number; readonly to: number }
  | { readonly kind: 'by'; readonly text: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'is'; readonly change: 'new' | 'changed' | 'gone' }

/** `from` and `to` tell where in the text it stands. */
export type Term = {
  readonly not: boolean
  readonly condition: Condition
  readonly from: number
  readonly to: number
}

export type Query = { readonly terms: readonly Term[]; readonly errors: Listing['filterNotes'] }

/**
 * Reads what a person types to narrow a listing; all terms must hold, in any order.
 *
 * `word`, `"two words"`, `*.csv`, `path:reports/`, `name:total`, `size:>10mb`, `size:1mb..5mb`, `by:agent`, `type:image`,
 * `modified:<1h`, `modified:2026-01-31`, `is:new`; `-` before a term turns it round. A term with a fault is told and
 * left out, and the others hold.
 */
export function parseQuery(text: string, now: number): Query {
  const terms: Term[] = []
  const errors: Listing['filterNotes'][number][] = []
  for (const token of tokensOf(text)) {
    const { from, to } = token
    const at = { from, to, isFault: true }
    if (token.open) errors.push({ ...at, message: 'A quotation mark is missing at the end.' })
    if (token.value === '') {
      if (token.field !== null) errors.push({ ...at, message: `Say what “${token.field}:” should be.` })
      else if (token.not) errors.push({ ...at, message: 'Say what to leave out after “-”.' })
      continue
    }
    const condition = conditionOf(token, now)
    if (typeof condition === 'string') errors.push({ ...at, message: condition })
    else terms.push({ not: token.not, condition, from, to })
  }
  return { terms, errors }
}

type Token = {
  readonly from: number
  readonly to: number
  readonly not: boolean
  readonly field: string | null
  readonly value: string
  readonly quoted: boolean
  /** Whether a quotation was not closed. */
  readonly open: boolean
}

/** Splits at spaces outside of quotes. A field is only read before a quote: `"a:b"` is text. */
function* tokensOf(text: string): Generator<Token> {
  const pattern = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|([^\s"]*))/giy
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1
      continue
    }
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match || match[0] === '') return
    const [whole, minus, field, quotation, closing, plain] = match
    yield {
      from: at,
      to: at + whole.length,
      not: minus === '-',
      field: field?.toLowerCase() ?? null,
      value: quotation ?? plain ?? '',
      quoted: quotation !== undefined,
      open: quotation !== undefined && closing === '',
    }
    at += whole.length
  }
}

/** The condition of a term, or what is wrong with it. */
function conditionOf({ field, value, quoted }: Token, now: number): Condition | string {
  const text = foldText(value)
  switch (field) {
    case null:
      return !quoted && /[*?]/.test(value) ? { kind: 'glob', pattern: text } : { kind: 'text', text }
    case 'path':
      return !quoted && /[*?]/.test(value) ? { kind: 'glob', pattern: text } : { kind: 'text', text }
    case 'name':
      return !quoted && /[*?]/.test(value) ? { kind: 'glob', pattern: text } : { kind: 'name', text }
    case 'size':
      return sizeCondition(text)
    case 'modified':
      return timeCondition(text, now)
    case 'by':
      return { kind: 'by', text }
    case 'type':
      return { kind: 'type', text: text.replace(/^\./, '') }
    case 'is':
      return text === 'new' || text === 'changed' || text === 'gone'
        ? { kind: 'is', change: text }
        : 'After “is:” comes new, changed or gone.'
    default:
      return `There is no “${field}:”. To look for that text, put it in quotation marks.`
  }
}

const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

function sizeCondition(text: string): Condition | string {
  const fault = 'A size is written like >10mb, <=500kb or 1mb..5mb.'
  if (text === 'unknown') return { kind: 'size', from: -1, to: -1 }
  const range = /^(.+)\.\.(.+)$/.exec(text)
  if (range) {
    const from = parseSize(range[1] ?? '')
    const to = parseSize(range[2] ?? '')
    return from === null || to === null ? fault : { kind: 'size', from, to }
  }
  const [, sign = '', amount = ''] = /^(<=?|>=?|=?)(.*)$/.exec(text) ?? []
  const bytes = parseSize(amount)
  if (bytes === null) return fault
  // A size that is not known is neither small nor large: it is -1, below all of these.
  if (sign === '>') return { kind: 'size', from: Math.floor(bytes) + 1, to: everything.to }
  if (sign === '>=') return { kind: 'size', from: bytes, to: everything.to }
  if (sign === '<') return { kind: 'size', from: 0, to: Math.ceil(bytes) - 1 }
  if (sign === '<=') return { kind: 'size', from: 0, to: bytes }
  return { kind: 'size', from: bytes, to: bytes }
}

const sizeUnits: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1e3],
  ['kb', 1e3],
  ['m', 1e6],
  ['mb', 1e6],
  ['g', 1e9],
  ['gb', 1e9],
  ['t', 1e12],
  ['tb', 1e12],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
  ['tib', 2 ** 40],
])

/** Bytes, or null for what is no size. */
function parseSize(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? []
  const factor = sizeUnits.get(unit)
  return amount === undefined || factor === undefined ? null : Number(amount) * factor
}

const minute = 60_000
const day = 24 * 60 * minute
const timeUnits: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', minute],
  ['min', minute],
  ['h', 60 * minute],
  ['d', day],
  ['w', 7 * day],
  ['y', 365 * day],
])

/** An age (`<1h`: less than an hour ago) or a day of the person's own calendar (`>2026-01-31`: after it). */
function timeCondition(text: string, now: number): Condition | string {
  const fault = 'A time is written like <1h, >2d, today or 2026-01-31.'
  const [, sign = '', value = ''] = /^(<=?|>=?|=?)(.*)$/.exec(text) ?? []
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(value) ?? []
  if (amount !== undefined) {
    const length = timeUnits.get(unit)
    if (length === undefined) return fault
    const then = now - Number(amount) * length
    return sign.startsWith('>')
      ? { kind: 'modified', from: everything.from, to: then }
      : { kind: 'modified', from: then, to: everything.to }
  }
  const span = daySpan(value, now)
  if (!span) return fault
  if (sign === '>') return { kind: 'modified', from: span.to + 1, to: everything.to }
  if (sign === '>=') return { kind: 'modified', from: span.from, to: everything.to }
  if (sign === '<') return { kind: 'modified', from: everything.from, to: span.from - 1 }
  if (sign === '<=') return { kind: 'modified', from: everything.from, to: span.to }
  return { kind: 'modified', ...span }
}

function daySpan(text: string, now: number): { readonly from: number; readonly to: number } | null {
  const today = new Date(now)
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const back = text === 'today' ? 0 : text === 'yesterday' ? 1 : null
  if (back === null && year === undefined) return null
  const start =
    back === null
      ? new Date(Number(year), Number(month) - 1, Number(date))
      : new Date(today.getFullYear(), today.getMonth(), today.getDate() - back)
  if (back === null && (start.getMonth() !== Number(month) - 1 || start.getDate() !== Number(date))) return null
  const end = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1)
  return { from: start.getTime(), to: end.getTime() - 1 }
}
