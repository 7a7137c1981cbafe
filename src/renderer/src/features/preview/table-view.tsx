import Papa from 'papaparse'
import { useEffect, useMemo } from 'react'
import { formatCount } from '../../format/count.ts'
import { formatNumber } from '../../format/size.ts'
import { HeaderChoice } from './header-choice.tsx'
import { LoadedBar } from './part-bar.tsx'
import styles from './preview.module.css'
import { TableGrid } from './table-grid.tsx'
import { useHeader } from './use-header.ts'
import { useLoadedBytes } from './use-loaded-bytes.ts'
import type { ViewProps } from './view-props.ts'

const maximumTable = 9 * 1024 * 1024
const maximumColumns = 200
const maximumRows = 200_000

/** Text in rows and columns, whatever divides them. */
export function TableView({ reader, head, name, fallBack }: ViewProps) {
  const loaded = useLoadedBytes(reader, head, maximumTable)
  const table = useMemo(() => {
    const text = new TextDecoder(head.encoding ?? 'utf-8').decode(loaded.bytes, { stream: !loaded.isComplete })
    return parseTable(text, loaded.isComplete, head.foundMime === 'text/tab-separated-values' ? '\t' : '')
  }, [head, loaded.bytes, loaded.isComplete])
  useEffect(() => {
    if (!table) fallBack('text', 'This can’t be read as a table. Its text is shown instead.')
  }, [table, fallBack])
  const header = useHeader(table?.rows)
  if (!table) return null
  const { rows, columnCount } = table
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <span className={styles.quiet}>
          {`${header.rowCount}${loaded.isComplete ? '' : ' so far'}, ${formatCount(columnCount, 'column')}`}
          {columnCount > maximumColumns && `, the first ${formatNumber(maximumColumns)} shown`}
        </span>
        <HeaderChoice header={header} />
      </div>
      <TableGrid label={`Table of ${name}`} rows={rows} isFirstHeader={header.isFirst} />
      <LoadedBar loaded={loaded} />
    </div>
  )
}

function parseTable(text: string, isComplete: boolean, delimiter: string) {
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy', preview: maximumRows })
  // The last row of a part is most likely cut off.
  const rows = isComplete || data.length < 2 ? data : data.slice(0, -1)
  const columnCount = rows.slice(0, 1_000).reduce((most, row) => Math.max(most, row.length), 0)
  if (rows.length === 0 || columnCount > 100_000) return null
  return { columnCount, rows: columnCount > maximumColumns ? rows.map((row) => row.slice(0, maximumColumns)) : rows }
}
