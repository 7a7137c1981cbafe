import { expect, test } from 'vitest'
import { fitColumns, measureColumns } from './column-widths.ts'

const tenEach = (text: string) => text.length * 10

test('a column is as wide as its widest cell, and numbers are told from dates and names', () => {
  const rows = [
    ['Date', 'Amount', 'Share', 'Name'],
    ['2026-03-05', '$1,200.50', '12%', 'Ada'],
    ['2026-03-06', '-7', '', 'B2'],
  ]
  const columns = measureColumns(rows, true, tenEach)
  expect(columns.map(({ wanted }) => wanted)).toEqual([124, 114, 74, 64])
  expect(columns.map(({ isNumber }) => isNumber)).toEqual([false, true, true, false])
})

test('where no row is a header, the first says as much as the others', () => {
  const columns = measureColumns(
    [
      ['a', '1'],
      ['2', '2'],
    ],
    false,
    tenEach,
  )
  expect(columns.map(({ isNumber }) => isNumber)).toEqual([false, true])
})

test('a wide column is bounded until there is room for more of it', () => {
  const columns = measureColumns(
    [
      ['Id', 'Words'],
      ['1', 'x'.repeat(60)],
    ],
    true,
    tenEach,
  )
  expect(fitColumns(columns, 320)).toEqual([48, 300])
  expect(fitColumns(columns, 448)).toEqual([48, 400])
  expect(fitColumns(columns, 2_000)).toEqual([48, 624])
})
