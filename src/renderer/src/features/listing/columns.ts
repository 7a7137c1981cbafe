import type { Column } from '../../../../shared/models/listing.ts'
import type { ColumnLayout } from '../../store/settings.ts'

export const columnLabels: Readonly<Record<Column, string>> = {
  name: 'Name',
  size: 'Size',
  updatedAt: 'Modified',
  createdBy: 'Created by',
  mimeType: 'Type',
}

/** The columns to show in a width: as the person set them, without the last ones where there is no room. */
export function fittingColumns(
  columns: readonly ColumnLayout[],
  width: number,
  leastNameWidth: number,
): readonly ColumnLayout[] {
  const shown = columns.filter((column) => column.shown || column.column === 'name')
  const widthOf = (some: readonly ColumnLayout[]) =>
    some.reduce((sum, { column, width: own }) => sum + (column === 'name' ? leastNameWidth : own), 0)
  let fitting = shown
  while (fitting.length > 1 && widthOf(fitting) > width) {
    const last = fitting.findLastIndex(({ column }) => column !== 'name')
    fitting = fitting.filter((_, index) => index !== last)
  }
  return fitting
}

/** The columns as a CSS grid: the name takes the room that the others leave. */
export function gridTemplate(columns: readonly ColumnLayout[]): string {
  return columns.map(({ column, width }) => (column === 'name' ? 'minmax(0, 1fr)' : `${width}px`)).join(' ')
}
