import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'
import { type Condition, parseQuery } from './query.ts'

const now = new Date(2026, 0, 31, 12).getTime()
const hour = 3_600_000
const at = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime()

test.each<readonly [string, Condition]>([
  ['Report', { kind: 'text', text: 'report' }],
  ['Résumé', { kind: 'text', text: 'resume' }],
  ['"two words"', { kind: 'text', text: 'two words' }],
  ['"a:b"', { kind: 'text', text: 'a:b' }],
  ['12:30', { kind: 'text', text: '12:30' }],
  ['*.CSV', { kind: 'glob', pattern: '*.csv' }],
  ['"*.csv"', { kind: 'text', text: '*.csv' }],
  ['path:reports/', { kind: 'text', text: 'reports/' }],
  ['path:"my reports/"', { kind: 'text', text: 'my reports/' }],
  ['path:reports/*.csv', { kind: 'glob', pattern: 'reports/*.csv' }],
  ['name:total', { kind: 'name', text: 'total' }],
  ['size:>10mb', { kind: 'size', from: 10_000_001, to: Number.POSITIVE_INFINITY }],
  ['size:>=1.5kib', { kind: 'size', from: 1_536, to: Number.POSITIVE_INFINITY }],
  ['size:<1k', { kind: 'size', from: 0, to: 999 }],
  ['size:<=1', { kind: 'size', from: 0, to: 1 }],
  ['size:0', { kind: 'size', from: 0, to: 0 }],
  ['size:1MB..2MB', { kind: 'size', from: 1_000_000, to: 2_000_000 }],
  ['size:unknown', { kind: 'size', from: -1, to: -1 }],
  ['by:Agent', { kind: 'by', text: 'agent' }],
  ['type:image', { kind: 'type', text: 'image' }],
  ['type:.csv', { kind: 'type', text: 'csv' }],
  ['modified:<1h', { kind: 'modified', from: now - hour, to: Number.POSITIVE_INFINITY }],
  ['modified:1h', { kind: 'modified', from: now - hour, to: Number.POSITIVE_INFINITY }],
  ['modified:>2d', { kind: 'modified', from: Number.NEGATIVE_INFINITY, to: now - 48 * hour }],
  ['modified:today', { kind: 'modified', from: at(2026, 1, 31), to: at(2026, 2, 1) - 1 }],
  ['modified:yesterday', { kind: 'modified', from: at(2026, 1, 30), to: at(2026, 1, 31) - 1 }],
  ['modified:>2026-01-05', { kind: 'modified', from: at(2026, 1, 6), to: Number.POSITIVE_INFINITY }],
  ['modified:<=2026-01-05', { kind: 'modified', from: Number.NEGATIVE_INFINITY, to: at(2026, 1, 6) - 1 }],
  ['is:new', { kind: 'is', change: 'new' }],
])('%s is understood, and its opposite too', (text, condition) => {
  expect(parseQuery(text, now)).toMatchObject({ terms: [{ not: false, condition }], errors: [] })
  expect(parseQuery(`-${text}`, now)).toMatchObject({ terms: [{ not: true, condition }], errors: [] })
})

test.each([
  ['size:large', 0, 10],
  ['a size:>x b', 2, 9],
  ['size:', 0, 5],
  ['modified:2026-02-30', 0, 19],
  ['modified:<1 h', 0, 11],
  ['foo:bar', 0, 7],
  ['is:old', 0, 6],
  ['a "b', 2, 4],
  ['a -', 2, 3],
])('in %j the fault is shown where it is', (text, from, to) => {
  expect(parseQuery(text, now).errors).toEqual([{ from, to, message: expect.stringMatching(/\.$/), isFault: true }])
})

test('what is wrong is left out, and the other terms hold', () => {
  const { terms, errors } = parseQuery('report size:big *.csv', now)
  expect([terms.map(({ condition }) => condition.kind), errors.length]).toEqual([['text', 'glob'], 1])
})

test.each<readonly [string, string, readonly (readonly [number, number])[]]>([
  [
    're',
    'Report of REsults',
    [
      [0, 2],
      [10, 12],
    ],
  ],
  ['port or', 'report', [[2, 6]]],
  ['*.csv', 'a.csv', [[1, 5]]],
  ['resume', 'mon re\u0301sume\u0301.txt', [[4, 12]]],
  ['-re', 'report', []],
  ['size:>1', 'size', []],
  ['日', '今日', [[1, 2]]],
])('%s is found in %j where a person sees it', (text, name, ranges) => {
  expect(highlight(parseQuery(text, now), name)).toEqual(ranges)
})
