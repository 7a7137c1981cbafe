import type { ReactNode } from 'react'
import { classes } from '../../ui/classes.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './field.module.css'

type FieldProps = {
  readonly label: string
  readonly children: ReactNode
  /** Said below it, quietly. */
  readonly note?: ReactNode
  /** What its copy button copies; without it there is none. */
  readonly copy?: string | undefined
  readonly onCopy?: (text: string) => void
  readonly isCode?: boolean
}

/** One field of what is selected: its name, its value, and a button that copies it. */
export function Field({ label, children, note, copy, onCopy, isCode = false }: FieldProps) {
  return (
    <div className={styles.field}>
      <dt className={styles.label}>{label}</dt>
      <dd className={classes(styles.value, copy === undefined && styles.alone)}>
        <div>
          <span data-selectable className={isCode ? styles.code : undefined}>
            {children}
          </span>
          {note && <span className={styles.note}>{note}</span>}
        </div>
        {copy !== undefined && onCopy && (
          <span className={styles.copy}>
            <CopyButton label={`Copy ${label.toLowerCase()}`} onCopy={() => onCopy(copy)} />
          </span>
        )}
      </dd>
    </div>
  )
}
