import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fromLines, toLine } from '../../src/core/transfers/journal/lines.ts'
import { recordSchema } from '../../src/core/transfers/journal/records.ts'
import { remember } from '../../src/core/transfers/journal/remembered.ts'
import { anyPath, anyText, anyValue, hold } from './hold.ts'
import { valuesOf } from './schema-arbitrary.ts'

const batch = {
  record: 'batch',
  version: 1,
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  kind: 'files',
  title: 'Run',
  executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  source: 'account',
  target: '/target',
  conflicts: 'ask',
  startedAt: 0,
  total: { fileCount: 1, size: 1, unknownSizes: 0 },
  everything: true,
}
const schema = z.toJSONSchema(recordSchema, { io: 'input', unrepresentable: 'any' }) as Parameters<typeof valuesOf>[0]
/** Records that fit or nearly fit, among any other values. */
const anyRecord = fc.oneof(
  { weight: 4, arbitrary: valuesOf(schema, anyPath) },
  { weight: 1, arbitrary: fc.jsonValue() },
)
const journal = fc.array(anyRecord, { maxLength: 12 }).map((records) => [batch, ...records].map(toLine).join(''))
/** Lines whose check sum is right, whatever they say. */
const anySummedLine = anyText.map((text) => `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`)

test('whatever a journal holds, it is read: as a batch, or as nothing', () =>
  hold(fc.tuple(fc.oneof(journal, anyText), fc.array(fc.oneof(anySummedLine, anyText))), ([start, more]) => {
    const remembered = remember(start + more.join(''))
    if (remembered) expect(remembered.plan.length).toBeLessThanOrEqual(20_000_000)
  }))

test('a journal that was cut is read up to its last whole line, also with zeros where the rest should be', () =>
  hold(fc.tuple(journal, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 50 })), ([text, share, zeros]) => {
    const cut = text.slice(0, Math.floor(text.length * share))
    const whole = cut.slice(0, cut.lastIndexOf('\n') + 1)
    const torn = cut.slice(whole.length)
    // A line that lacks its end alone is whole: its check sum says so.
    const kept = [...fromLines(torn)].length > 0 ? cut : whole
    expect(remember(cut + '\0'.repeat(zeros))).toEqual(remember(zeros > 0 ? whole : kept))
  }))

test('a line is read back as it was written, and not once a byte of it changed', () =>
  hold(fc.tuple(anyValue.filter(isJson), fc.nat(), fc.integer({ min: 1, max: 127 })), ([value, at, by]) => {
    const line = toLine(value)
    expect([...fromLines(line)]).toEqual([JSON.parse(JSON.stringify(value))])
    const place = at % (line.length - 1)
    const changed = `${line.slice(0, place)}${String.fromCharCode(line.charCodeAt(place) ^ by)}${line.slice(place + 1)}`
    expect([...fromLines(changed)]).toEqual([])
  }))

function isJson(value: unknown): boolean {
  try {
    return typeof JSON.stringify(value) === 'string'
  } catch {
    return false
  }
}
