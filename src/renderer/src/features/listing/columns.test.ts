import { expect, test } from 'vitest'
import type { ColumnLayout } from '../../store/settings.ts'
import { columnStyle, fittingColumns } from './columns.ts'

const columns: readonly ColumnLayout[] = [
  { column: 'name', width: 300, shown: true },
  { column: 'size', width: 80, shown: true },
  { column: 'updatedAt', width: 120, shown: false },
  { column: 'mimeType', width: 100, shown: true },
]

test('hidden columns are left out, and the name takes the room', () => {
  expect(columnStyle(fittingColumns(columns, 800, 200))).toMatchObject({
    '--columns': 'minmax(0, 1fr) 80px 100px',
    '--width-size': '80px',
  })
})

test('what tells least goes first where there is no room for all', () => {
  const all = (['name', 'size', 'updatedAt', 'createdBy', 'mimeType'] as const).map((column) => ({
    column,
    width: 100,
    shown: true,
  }))
  const fitting = (width: number) => fittingColumns(all, width, 200).map(({ column }) => column)
  expect(fitting(500)).toEqual(['name', 'size', 'updatedAt', 'createdBy'])
  expect(fitting(300)).toEqual(['name', 'size'])
})

test('of columns that were moved, the last ones go first', () => {
  expect(fittingColumns(columns, 320, 200).map(({ column }) => column)).toEqual(['name', 'size'])
  expect(fittingColumns(columns, 100, 200).map(({ column }) => column)).toEqual(['name'])
})
