import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { formatShortcut } from '../../ui/shortcut.ts'
import { useAsked } from '../../ui/use-asked.ts'
import styles from './search-field.module.css'

const typingPause = 90
/** A term that is not yet written out is no fault, and what comes and goes at each key would move the files. */
const sayingPause = 500

/** Searches the whole run as it is typed. What is wrong with a query, or finds nothing of that name, is said under it, and the query stays. */
export function SearchField({ platform }: { readonly platform: string }) {
  const store = useAppStore()
  const asked = useApp((state) => state.searchAsked)
  const kept = useApp((state) => state.listing?.filter.text ?? '')
  const listingNumber = useApp((state) => state.listing?.listing)
  const said = useApp((state) => state.listing?.filterNotes)
  const [text, setText] = useState(kept)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const searched = useRef(Promise.resolve())
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isTyping, setTyping] = useState(false)
  const isSaying = useRef(false)
  const hint = useId()

  // Another run brings its own query; and a query that was cleared elsewhere is cleared here.
  // The kept text follows what is typed a little later, and must not overwrite it.
  useEffect(() => setText(kept), [listingNumber])
  useEffect(() => {
    if (kept === '' && document.activeElement !== input.current) setText('')
  }, [kept])
  useAsked(asked, () => {
    input.current?.focus()
    input.current?.select()
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      clearTimeout(typing.current)
    },
    [],
  )

  const searchNow = (next: string) => {
    clearTimeout(timer.current)
    timer.current = undefined
    searched.current = store.getState().setFilter({ text: next })
  }
  const search = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => searchNow(next), typingPause)
    clearTimeout(typing.current)
    typing.current = setTimeout(() => setTyping(false), sayingPause)
    setTyping(true)
  }
  /** What was typed a moment ago is searched first, or the row that it goes to would be one that the search then hides. */
  const goToFirstMatch = async () => {
    document.querySelector<HTMLElement>('[data-files]')?.focus()
    if (timer.current !== undefined) searchNow(text)
    await searched.current
    await store.getState().selectRow('only', Number.NEGATIVE_INFINITY)
  }
  const known = said?.filter(() => text.trim() !== '') ?? []
  const notes = isTyping && !isSaying.current ? [] : known
  isSaying.current = notes.length > 0
  const isFaulty = notes.some(({ isFault }) => isFault)

  return (
    <>
      <div className={styles.field} data-invalid={isFaulty || undefined}>
        <Search size={14} aria-hidden className={styles.icon} />
        <input
          ref={input}
          type="search"
          className={styles.input}
          aria-label="Search the run’s files"
          aria-invalid={isFaulty}
          aria-describedby={notes.length > 0 ? hint : undefined}
          placeholder="Search, or *.csv, size:>10mb"
          title="Words in any order, *.csv, path:reports/, size:>10mb, type:image, by:agent, modified:<1h"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => search(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation()
              search('')
            }
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault()
              void goToFirstMatch()
            }
          }}
        />
        {text === '' ? (
          <kbd className={styles.shortcut}>{formatShortcut('CmdOrCtrl+F', platform)}</kbd>
        ) : (
          <IconButton
            size="small"
            label="Clear search"
            icon={<X size={14} />}
            onPress={() => {
              search('')
              input.current?.focus()
            }}
          />
        )}
      </div>
      {notes.length > 0 && (
        <div id={hint} role={isFaulty ? 'alert' : 'status'} className={styles.notes}>
          {notes.map(({ from, to, message, isFault }) => (
            <p key={`${from}-${to}`} className={classes(isFault && styles.fault)}>
              {/* As it was searched for: what is typed meanwhile has not been judged. */}
              <code>{kept.slice(from, to)}</code> {message}
            </p>
          ))}
        </div>
      )}
    </>
  )
}
