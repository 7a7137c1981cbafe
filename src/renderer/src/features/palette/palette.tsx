import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { ActionId } from '../../../../shared/actions.ts'
import { parseExecutionReference } from '../../../../shared/execution-reference.ts'
import { runName } from '../../store/executions.ts'
import { paletteActions } from '../../store/run-action.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { classes } from '../../ui/classes.ts'
import { Modal } from '../../ui/modal.tsx'
import { formatShortcut } from '../../ui/shortcut.ts'
import { findMatches } from './find-matches.ts'
import { otherNames } from './other-names.ts'
import styles from './palette.module.css'

type Choice = {
  readonly id: string
  readonly label: string
  readonly alsoCalled?: readonly string[] | undefined
  readonly note: string
  readonly choose: () => void
}

/** Every action and every known run, by typing a part of its name, what else it is called, or the start of a run's id. A whole id or address opens it. */
export function Palette({ platform, onClose }: { readonly platform: string; readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const choices = useChoices(text, platform)
  const current = Math.min(at, choices.length - 1)
  const list = useId()
  const items = useRef<HTMLDivElement>(null)

  useEffect(() => {
    items.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    choice.choose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((current + step + choices.length) % Math.max(1, choices.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(choices[current])
    }
  }

  return (
    <Modal label="Command palette" size="palette" onClose={onClose}>
      <div className={styles.field}>
        <Search size={16} aria-hidden className={styles.icon} />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Find an action or a run"
          aria-expanded={choices.length > 0}
          aria-controls={list}
          aria-activedescendant={choices.length > 0 ? `${list}-${current}` : undefined}
          aria-autocomplete="list"
          placeholder="Find an action or a run"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to be typed into.
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {choices.length === 0 ? (
        <p className={styles.nothing} role="status">
          Nothing has that name.
        </p>
      ) : (
        <div ref={items} id={list} role="listbox" aria-label="Actions and runs" className={styles.list}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard.
            <div
              key={choice.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className={classes(styles.choice, index === current && styles.current)}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(choice)}
            >
              <span className={styles.label}>{choice.label}</span>
              <span className={styles.note}>{choice.note}</span>
            </div>
          ))}
        </div>
      )}
    </Modal>
  )
}

function useChoices(text: string, platform: string): readonly Choice[] {
  const store = useAppStore()
  const recents = useApp((state) => state.recents)
  const [offered] = useState(() => paletteActions(store.getState()))
  const state = store.getState()
  if (parseExecutionReference(text) !== null) {
    return [{ id: 'open', label: `Open run ${text.trim()}`, note: '', choose: () => state.openReference(text) }]
  }
  const actions = offered.map(({ id, label, shortcut }): Choice => {
    const note = shortcut ? formatShortcut(shortcut, platform) : ''
    return { id, label, alsoCalled: otherNames[id], note, choose: () => state.run(id satisfies ActionId) }
  })
  const runs = recents.map((recent): Choice => {
    const { executionId, source } = recent
    const choose = () => void state.openExecution({ executionId, source })
    return {
      id: `${source}/${executionId}`,
      label: `Open ${runName(recent, state.sampleRuns)}`,
      alsoCalled: [executionId],
      note: executionId.slice(0, 8),
      choose,
    }
  })
  return findMatches([...actions, ...runs], text)
}
