import type { CSSProperties } from 'react'
import { columns as standardOrder } from '../../../../shared/columns.ts'
import type { Column } from '../../../../shared/models/listing.ts'
import type { ColumnLayout } from '../../store/settings.ts'

export const columnLabels: Readonly<Record<Column, string>> = {
  name: 'Name',
  size: 'Size',
  updatedAt: 'Modified',
  createdBy: 'Created by',
  mimeType: 'Type',
}

/** Pixels. */
export const leastNameWidth = 280
/** What the list leaves free on its two sides together, in pixels. */
export const sideRoom = 16

/** What gives way first where there is no room. */
const givesWay: readonly Column[] = ['mimeType', 'createdBy', 'updatedAt', 'size']

/**
 * The columns to show in a width, as the person set them. Where there is no room, the one that tells least goes first;
 * with columns that the person has moved, the last one does.
 */
export function fittingColumns(
  columns: readonly ColumnLayout[],
  width: number,
  leastNameWidth: number,
): readonly ColumnLayout[] {
  const shown = columns.filter((column) => column.shown || column.column === 'name')
  const widthOf = (some: readonly ColumnLayout[]) =>
    some.reduce((sum, { column, width: own }) => sum + (column === 'name' ? leastNameWidth : own), 0)
  const ownOrder = columns.map(({ column }) => column).filter((column) => column !== 'name')
  const isMoved = columns.some(({ column }, index) => column !== standardOrder[index])
  const order = isMoved ? ownOrder.toReversed() : givesWay
  let fitting = shown
  // A name with a size beside it tells more than a name alone, even a short one.
  const spare = () => (fitting.length === 2 ? leastNameWidth * 0.4 : 0)
  while (fitting.length > 1 && widthOf(fitting) - spare() > width) {
    const next = order.find((column) => fitting.some((each) => each.column === column))
    fitting = fitting.filter(({ column }) => column !== next)
  }
  return fitting
}

/**
 * The columns for CSS: as a grid, in which the name takes the room that the others leave, and the width of each, since a
 * row of many is laid out in almost half the time where it is no grid.
 */
export function columnStyle(columns: readonly ColumnLayout[]): CSSProperties {
  const sized = columns.map(
    ({ column, width }) => [column, column === 'name' ? 'minmax(0, 1fr)' : `${width}px`] as const,
  )
  return {
    '--columns': sized.map(([, width]) => width).join(' '),
    ...Object.fromEntries(sized.map(([column, width]) => [`--width-${column}`, width])),
  } as CSSProperties
}
