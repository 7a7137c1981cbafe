import { useMemo, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { useElementWidth } from '../../ui/use-element-width.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { fitColumns, measureColumns } from './column-widths.ts'
import shared from './preview.module.css'
import styles from './table-grid.module.css'

const rowHeight = 24
const longestCell = 500

type TableGridProps = {
  readonly label: string
  readonly rows: readonly (readonly string[])[]
  readonly isFirstHeader: boolean
}

/** A table, whose first row may be its header; only rows in view are drawn. */
export function TableGrid({ label, rows, isFirstHeader }: TableGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const above = isFirstHeader ? 1 : 0
  const { from, to, topOf, elementHeight } = useVirtualRows({
    scroller,
    rowCount: rows.length - above,
    rowHeight,
    headHeight: above * rowHeight,
  })
  const available = useElementWidth(scroller)
  const measured = useMemo(
    () => measureColumns(rows, isFirstHeader, widthOfText(getComputedStyle(document.body).fontFamily)),
    [rows, isFirstHeader],
  )
  const widths = fitColumns(measured, available)
  const width = Math.max(
    available,
    widths.reduce((sum, value) => sum + value, 0),
  )
  const gridTemplateColumns = `${widths.map((value) => `${value}px`).join(' ')} 1fr`

  const cells = (row: readonly string[], role: 'cell' | 'columnheader') =>
    widths.map((_, column) => (
      <span
        key={column}
        role={role}
        className={classes(styles.cell, measured[column]?.isNumber && styles.number)}
        title={(row[column] ?? '').length > 30 ? row[column]?.slice(0, longestCell) : undefined}
      >
        {(row[column] ?? '').slice(0, longestCell)}
      </span>
    ))
  return (
    <div ref={scroller} className={shared.scroller} data-selectable>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a real table can't leave out the rows that are not in view. */}
      <div role="table" aria-label={label} aria-rowcount={rows.length} tabIndex={0} style={{ width }}>
        {isFirstHeader && (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <div role="row" className={styles.headerRow} style={{ gridTemplateColumns }} aria-rowindex={1} tabIndex={-1}>
            {cells(rows[0] ?? [], 'columnheader')}
          </div>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="rowgroup" className={shared.lineSpace} style={{ height: elementHeight }}>
          {rows.slice(from + above, to + above).map((row, step) => (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            <div
              key={from + step}
              role="row"
              tabIndex={-1}
              aria-rowindex={from + step + above + 1}
              className={styles.row}
              style={{ gridTemplateColumns, transform: `translateY(${topOf(from + step)}px)` }}
            >
              {cells(row, 'cell')}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** Measures text as the table draws it; the head is the heavier, and no cell is wider in it than it needs. */
function widthOfText(family: string): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return (text) => text.length * 8.2
  context.font = `600 13px ${family}`
  return (text) => context.measureText(text).width
}
