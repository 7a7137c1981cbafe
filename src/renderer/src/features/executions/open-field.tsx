import { CornerDownLeft } from 'lucide-react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import styles from './open-field.module.css'

/** Opens the run that is typed or pasted: its id, its web address or a deep link. */
export function OpenField() {
  const openReference = useApp((state) => state.openReference)
  const asked = useApp((state) => state.openAsked)
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const hint = useId()

  useEffect(() => {
    if (asked > 0) input.current?.focus()
  }, [asked])

  const open = (wanted: string) => {
    const understood = openReference(wanted)
    setRefused(!understood && wanted.trim() !== '')
    if (understood) setText('')
    return understood
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    open(text)
  }

  return (
    <form onSubmit={onSubmit} data-opens-run>
      <div className={styles.field}>
        <input
          ref={input}
          className={styles.input}
          aria-label="Open a run"
          aria-describedby={isRefused ? hint : undefined}
          aria-invalid={isRefused}
          placeholder="Open a run: id or link"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setRefused(false)
          }}
          onPaste={(event) => {
            if (text === '' && open(event.clipboardData.getData('text'))) event.preventDefault()
            else setRefused(false)
          }}
        />
        {text !== '' && (
          <IconButton type="submit" size="small" label="Open this run" icon={<CornerDownLeft size={14} />} />
        )}
      </div>
      {isRefused && (
        <p id={hint} role="alert" className={styles.problem}>
          That is not a run. Paste a run’s id, such as 0b9f6f0e-…, or the address of its page.
        </p>
      )}
    </form>
  )
}
