import { useMemo, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import styles from './preview.module.css'

const rowHeight = 24
const letterWidth = 8.2
const longestCell = 500

/** A table whose first row is its header; only rows in view are drawn. */
export function TableGrid({ label, rows }: { readonly label: string; readonly rows: readonly (readonly string[])[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [header = [], ...body] = rows
  const { from, to, topOf, elementHeight } = useVirtualRows({
    scroller,
    rowCount: body.length,
    rowHeight,
    headHeight: rowHeight,
  })
  const { widths, areNumbers } = useMemo(() => measureColumns(rows), [rows])
  const width = widths.reduce((sum, value) => sum + value, 0)
  const gridTemplateColumns = widths.map((value) => `${value}px`).join(' ')

  const cells = (row: readonly string[], role: 'cell' | 'columnheader') =>
    widths.map((_, column) => (
      <span
        key={column}
        role={role}
        className={classes(styles.cell, areNumbers[column] && role === 'cell' && styles.number)}
        title={(row[column] ?? '').length > 30 ? row[column]?.slice(0, longestCell) : undefined}
      >
        {(row[column] ?? '').slice(0, longestCell)}
      </span>
    ))
  return (
    <div ref={scroller} className={styles.tableScroller} data-selectable>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a real table can't leave out the rows that are not in view. */}
      <div role="table" aria-label={label} aria-rowcount={rows.length} tabIndex={0} style={{ width }}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="row" className={styles.headerRow} style={{ gridTemplateColumns }} aria-rowindex={1} tabIndex={-1}>
          {cells(header, 'columnheader')}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="rowgroup" className={styles.lineSpace} style={{ height: elementHeight }}>
          {body.slice(from, to).map((row, step) => (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            <div
              key={from + step}
              role="row"
              tabIndex={-1}
              aria-rowindex={from + step + 2}
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

/** Widths by the longest of the first cells, and which columns hold numbers alone. */
function measureColumns(rows: readonly (readonly string[])[]) {
  const sample = rows.slice(0, 200)
  const count = sample.reduce((most, row) => Math.max(most, row.length), 0)
  const columns = Array.from({ length: count }, (_, column) => sample.map((row) => row[column] ?? ''))
  return {
    widths: columns.map((cells) => {
      const longest = cells.reduce((most, cell) => Math.max(most, Math.min(42, cell.length)), 4)
      return Math.ceil(longest * letterWidth + 24)
    }),
    areNumbers: columns.map((cells) => {
      const filled = cells.slice(1).filter((cell) => cell !== '')
      return filled.length > 0 && filled.every((cell) => /^[-+]?[\d.,\s]*\d%?$/.test(cell))
    }),
  }
}
