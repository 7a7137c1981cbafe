import { unzipSync } from 'fflate'
import { ContentProblem } from './answer-questions.ts'

/** A sheet as text, cut to what can be looked at. */
export type Sheet = {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Whether it has more rows or columns than were read. */
  readonly isCut: boolean
}

const maximumRows = 5_000
const maximumColumns = 200
/** No part of a workbook is unpacked that is larger, so that a small file can't fill the memory. */
const maximumPart = 96 * 1024 * 1024
const maximumSheets = 50

/**
 * Reads the sheets of an XLSX file: values, shared texts and dates; no formulas are computed, nothing linked is followed.
 *
 * Written for this rather than taken, since the libraries at hand either build the whole workbook in memory or parse XML
 * with entities, and a preview needs neither. ECMA-376, part 1, 18. Throws a `ContentProblem`.
 */
export function readWorkbook(bytes: Uint8Array): readonly Sheet[] {
  const parts = unpack(bytes)
  const text = (name: string) => new TextDecoder().decode(parts[name] ?? new Uint8Array())
  const workbook = text('xl/workbook.xml')
  if (workbook === '') throw new ContentProblem('This workbook is broken or locked with a password.')
  const targets = relations(text('xl/_rels/workbook.xml.rels'))
  const shared = sharedTexts(text('xl/sharedStrings.xml'))
  const dateStyles = findDateStyles(text('xl/styles.xml'))
  const startsIn1904 = /<workbookPr[^>]*date1904="(1|true)"/.test(workbook)
  return [...workbook.matchAll(/<sheet\s([^>]*?)\/?>/g)].slice(0, maximumSheets).map(([, attributes = '']) => {
    const target = targets.get(attribute(attributes, 'r:id') ?? '') ?? ''
    const sheet = text(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    const name = decodeXml(attribute(attributes, 'name') ?? '')
    return { name, ...readRows(sheet, { shared, dateStyles, startsIn1904 }) }
  })
}

function unpack(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let room = maximumPart * 2
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const isWanted = /^xl\/(workbook|sharedStrings|styles|worksheets\/[^/]+)\.xml$|^xl\/_rels\/workbook/.test(name)
        if (!isWanted) return false
        room -= originalSize
        if (originalSize > maximumPart || room < 0)
          throw new ContentProblem(
            'This workbook unpacks to more than can be shown. Download it and open it in its app.',
          )
        return true
      },
    })
  } catch (thrown) {
    throw thrown instanceof ContentProblem
      ? thrown
      : new ContentProblem('This workbook is broken: it can’t be unpacked.')
  }
}

type Context = {
  readonly shared: readonly string[]
  readonly dateStyles: ReadonlySet<number>
  readonly startsIn1904: boolean
}

function readRows(sheet: string, context: Context): Omit<Sheet, 'name'> {
  const rows: string[][] = []
  let isCut = false
  for (const [, rowAttributes = '', content = ''] of sheet.matchAll(/<row([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g)) {
    const index = Number(attribute(rowAttributes, 'r') ?? rows.length + 1) - 1
    if (index >= maximumRows || !(index >= 0)) {
      isCut = true
      break
    }
    while (rows.length <= index) rows.push([])
    const row = rows[index] ?? []
    let next = 0
    for (const [, attributes = '', inner = ''] of content.matchAll(/<c(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const column = columnOf(attribute(attributes, 'r')) ?? next
      next = column + 1
      if (column >= maximumColumns) isCut = true
      else row[column] = cellText(attributes, inner, context)
    }
    for (let column = 0; column < row.length; column += 1) row[column] ??= ''
  }
  return { rows: withoutEmptyEnds(rows), isCut }
}

/** Rows that have a look but nothing in them, above and below the others, are none. */
function withoutEmptyEnds(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const isFilled = (row: readonly string[]) => row.some((cell) => cell !== '')
  return rows.slice(Math.max(0, rows.findIndex(isFilled)), rows.findLastIndex(isFilled) + 1)
}

function cellText(attributes: string, inner: string, { shared, dateStyles, startsIn1904 }: Context): string {
  const type = attribute(attributes, 't')
  if (type === 'inlineStr') return joinTexts(inner)
  const value = decodeXml(/<v[^>]*>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? '')
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'str' || type === 'e' || type === 'd' || value === '') return value
  const isDate = dateStyles.has(Number(attribute(attributes, 's') ?? -1))
  return isDate ? dateText(Number(value), startsIn1904) : numberText(value)
}

/** What is stored as 0.30000000000000004 was typed as 0.3. */
function numberText(value: string): string {
  const number = Number(value)
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : value
}

/** Days since the end of 1899, which counts a 29 February 1900 that never was; or since 1904. */
function dateText(days: number, startsIn1904: boolean): string {
  if (!Number.isFinite(days)) return ''
  const epoch = startsIn1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const date = new Date(epoch + Math.round(days * 86_400) * 1_000)
  if (Number.isNaN(date.getTime())) return String(days)
  const [day = '', time = ''] = date.toISOString().split('T')
  const clock = time.slice(0, 8)
  if (days < 1) return clock
  return clock === '00:00:00' ? day : `${day} ${clock}`
}

/** Numbers of the formats that come with every program and mean a date or time (18.8.30). */
const knownDateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

function findDateStyles(styles: string): ReadonlySet<number> {
  const dates = new Set(knownDateFormats)
  for (const [, attributes = ''] of styles.matchAll(/<numFmt\s([^>]*?)\/?>/g)) {
    const code = decodeXml(attribute(attributes, 'formatCode') ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
    if (/[ymdhs]/i.test(code) && !/^general$/i.test(code)) dates.add(Number(attribute(attributes, 'numFmtId')))
  }
  const formats = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles)?.[1] ?? ''
  const found = new Set<number>()
  for (const [index, [, attributes = '']] of [...formats.matchAll(/<xf(?=[\s/>])([^>]*)>/g)].entries())
    if (dates.has(Number(attribute(attributes, 'numFmtId')))) found.add(index)
  return found
}

function sharedTexts(text: string): readonly string[] {
  return [...text.matchAll(/<si(?:\/>|>([\s\S]*?)<\/si>)/g)].map(([, inner = '']) => joinTexts(inner))
}

/** A text is in one piece, or in several that differ in looks; readings of Japanese words are left out. */
function joinTexts(inner: string): string {
  const visible = inner.replace(/<rPh[\s\S]*?<\/rPh>/g, '')
  return [...visible.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)].map(([, piece = '']) => decodeXml(piece)).join('')
}

function relations(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/<Relationship\s([^>]*?)\/?>/g)].map(([, attributes = '']) => [
      attribute(attributes, 'Id') ?? '',
      attribute(attributes, 'Target') ?? '',
    ]),
  )
}

function attribute(attributes: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null
}

function columnOf(reference: string | null): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference ?? '')?.[1]
  return letters ? [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five entities that XML has by itself, and characters by number. Others are left as they are. */
function decodeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return entities[name] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
