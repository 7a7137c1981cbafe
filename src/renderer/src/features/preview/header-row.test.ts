import { expect, test } from 'vitest'
import { countRows, hasHeader } from './header-row.ts'

const rows = (text: string) => text.split('\n').map((line) => line.split(','))

test.each([
  ['names over numbers and dates', 'date,supplier,amount\n2026-03-05,Ada,12.50\n2026-03-06,Bob,7'],
  ['names over texts alone', 'name,city\nAda,London\nBob,Paris'],
  ['names over addresses', 'mail,page\na@example.com,https://example.com\nb@example.com,https://example.org'],
  ['an unnamed first column, as an index is written', ',a,b\n0,1,2\n1,3,4'],
  ['a separator too many at each line’s end', 'a,b,\n1,2,\n3,4,'],
  ['a few rows that are too long', 'a,b\n1,2\n3,4\n5,6,oh,and,more'],
  ['tables put together, each with its names', 'name,amount\nAda,1\nname,amount\nBob,2'],
  ['names and nothing below', 'name,amount'],
  ['a name over a column of numbers', 'amount\n12\n7.50'],
  ['a name over a column of addresses', 'url\nhttps://example.com\nhttps://example.org'],
  ['a column’s usual name over words', 'name\nAda\nBob'],
])('takes the first row for a header: %s', (_, text) => {
  expect(hasHeader(rows(text))).toBe(true)
})

test.each([
  ['a number in it', 'supplier,12.50\nother,7'],
  ['a date and a price, as in the rows below', '2026-11-12T08:14,Paper,€ 4.20\n2026-11-12T08:15,Pens,€ 1.10'],
  ['an address in it', 'Ada,ada@example.com\nBob,bob@example.com'],
  ['an id in it', '5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11,done\n0b7e9a54-3d1f-4c28-8e65-71c2d9f0a3b6,failed'],
  ['the same text twice', 'open,open\nclosed,open'],
  ['a text that comes again below it', 'Ada,done\nBob,done\nCy,failed'],
  ['a list with a text twice', 'pear\napple\npear'],
  ['a list of plain words', 'pear\napple\nplum'],
  ['one word alone', 'pear'],
  ['no name for a column that is in use', 'Report of March,,\n,a,b\n,1,2'],
  ['nothing in it', ',\na,b'],
])('takes the first row for one like the others: %s', (_, text) => {
  expect(hasHeader(rows(text))).toBe(false)
})

test('no rows have no header', () => {
  expect(hasHeader([])).toBe(false)
})

test('rows are counted without the header and without empty ones', () => {
  const table = [['name'], ['Ada'], [], ['', ' '], ['Bob']]
  expect([countRows(table, true), countRows(table, false)]).toEqual([2, 3])
})
