import { useMemo, useState } from 'react'
import { formatCount } from '../../format/count.ts'
import { countRows, hasHeader } from './header-row.ts'

/** Whether a table's first row is its header: as it looks, until a person says otherwise. */
export type Header = {
  readonly isFirst: boolean
  readonly choose: (isFirst: boolean) => void
  /** How many rows there are besides it: `48 rows`. */
  readonly rowCount: string
}

const noRows: readonly (readonly string[])[] = []

/** Tells of each table of a file, by its key, whether its first row is a header; what was chosen stays for each. Without rows while there are none yet. */
export function useHeader(rows: readonly (readonly string[])[] = noRows, key = ''): Header {
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({})
  const guess = useMemo(() => hasHeader(rows), [rows])
  const isFirst = rows.length > 0 && (chosen[key] ?? guess)
  const rowCount = useMemo(() => formatCount(countRows(rows, isFirst), 'row'), [rows, isFirst])
  return { isFirst, choose: (value) => setChosen({ ...chosen, [key]: value }), rowCount }
}
