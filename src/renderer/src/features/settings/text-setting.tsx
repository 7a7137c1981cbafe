import { useEffect, useId, useState } from 'react'
import styles from './settings-dialog.module.css'

type TextSettingProps = {
  readonly label: string
  readonly value: string
  readonly unit?: string
  readonly hint?: string
  readonly isCode?: boolean
  /** What is wrong with a text, or null. */
  readonly check: (text: string) => string | null
  /** Keeps a text; `value` changes at once where it is not kept as it was. */
  readonly onChange: (text: string) => void
}

/** A setting that is typed. It is kept on leaving the field or Enter, once it is right, and then shown as it was kept. */
export function TextSetting({ label, value, unit, hint, isCode = false, check, onChange }: TextSettingProps) {
  const [text, setText] = useState(value)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  const hintId = useId()
  // What is kept may be rounded.
  useEffect(() => setText(value), [value])
  const keep = () => {
    const trimmed = text.trim()
    const found = check(trimmed)
    setProblem(found)
    if (found !== null) return
    if (trimmed !== value) onChange(trimmed)
    // Where what is kept is as it was, nothing else would tell.
    setText(value)
  }
  return (
    <div className={styles.line}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={isCode ? styles.wide : styles.narrow}>
        <input
          id={id}
          className={styles.input}
          value={text}
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem || hint ? hintId : undefined}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
          }}
        />
        {unit && <span className={styles.unit}>{unit}</span>}
        {(problem ?? hint) && (
          <p id={hintId} className={problem ? styles.problem : styles.hint}>
            {problem ?? hint}
          </p>
        )}
      </div>
    </div>
  )
}
