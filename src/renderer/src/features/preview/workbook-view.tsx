import { useEffect, useState } from 'react'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { askWorker } from './ask-worker.ts'
import { HeaderChoice } from './header-choice.tsx'
import styles from './preview.module.css'
import { PreviewProblem, readWhole } from './preview-reader.ts'
import { TableGrid } from './table-grid.tsx'
import { useHeader } from './use-header.ts'
import type { ViewProps } from './view-props.ts'
import type { Sheet } from './workbook.ts'

const largestWorkbook = 32 * 1024 * 1024

/** The sheets of a workbook, one at a time. */
export function WorkbookView({ reader, head, name, fallBack }: ViewProps) {
  const [sheets, setSheets] = useState<readonly Sheet[] | null>(null)
  const [chosen, setChosen] = useState('0')
  useEffect(() => {
    const abort = new AbortController()
    const load = async () => {
      const bytes = await readWhole(reader, head, largestWorkbook)
      if (!bytes) throw new PreviewProblem('This workbook is too large to be shown. Download it to open it.')
      const worker = new Worker(new URL('./workbook.worker.ts', import.meta.url), { type: 'module' })
      const problem = 'This workbook takes too long to read. Download it to open it.'
      setSheets(await askWorker({ worker, question: bytes, milliseconds: 15_000, signal: abort.signal, problem }))
    }
    load().catch((thrown: unknown) => {
      const isKnown = thrown instanceof PreviewProblem
      if (!abort.signal.aborted) fallBack('bytes', isKnown ? thrown.message : 'This workbook could not be read.')
    })
    return () => abort.abort()
  }, [reader, head, fallBack])

  const sheet = sheets?.[Number(chosen)]
  const header = useHeader(sheet?.rows, chosen)
  if (!sheets) return <p className={styles.sentence}>Reading the workbook…</p>
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <ToggleGroup
          label="Sheet"
          value={chosen}
          choices={sheets.map((each, index) => [String(index), each.name] as const)}
          onChange={setChosen}
        />
        {sheet && (
          <span className={styles.quiet}>{sheet.isCut ? `The first ${header.rowCount}` : header.rowCount}</span>
        )}
        {sheet && sheet.rows.length > 0 && <HeaderChoice header={header} />}
      </div>
      {sheet && sheet.rows.length > 0 ? (
        <TableGrid key={chosen} label={`${sheet.name} of ${name}`} rows={sheet.rows} isFirstHeader={header.isFirst} />
      ) : (
        <p className={styles.sentence}>This sheet is empty.</p>
      )}
    </div>
  )
}
