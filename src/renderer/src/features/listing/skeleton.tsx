import { useRef } from 'react'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useElementWidth } from '../../ui/use-element-width.ts'
import { columnLabels, columnStyle, fittingColumns, leastNameWidth, sideRoom } from './columns.ts'
import styles from './skeleton.module.css'

const nameWidths = [120, 180, 150, 210, 130, 240, 160, 200, 140, 190, 170, 220]

/** The shape of the files to come: their head and their columns stand where they will, so that nothing jumps. */
export function Skeleton({ words, onStop }: { readonly words: string; readonly onStop?: () => void }) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useElementWidth(frame)
  const layout = useApp((state) => state.settings?.layout.columns)
  const columns = fittingColumns(layout ?? [], width - sideRoom, leastNameWidth)
  return (
    <div ref={frame} className={styles.skeleton} role="status" style={columnStyle(columns)}>
      <p className={styles.words}>
        {words}
        {onStop && (
          <Button look="quiet" onPress={onStop}>
            Stop
          </Button>
        )}
      </p>
      <div className={styles.head} aria-hidden>
        {columns.map(({ column }) => (
          <span key={column} className={classes(styles.cell, column === 'size' && styles.number)}>
            {columnLabels[column]}
          </span>
        ))}
      </div>
      {nameWidths.map((nameWidth, index) => (
        <div key={nameWidth} className={styles.row} aria-hidden>
          {columns.map(({ column }) => (
            <span key={column} className={classes(styles.cell, column === 'size' && styles.number)}>
              {column === 'name' && <span className={styles.icon} style={{ marginLeft: index % 3 === 0 ? 0 : 16 }} />}
              <span className={styles.bone} style={column === 'name' ? { width: nameWidth } : undefined} />
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}
