import { type FocusEvent, type RefObject, useEffect, useRef } from 'react'

export type KeptFocus<E extends HTMLElement> = {
  readonly ref: RefObject<E | null>
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: (event: FocusEvent) => void
}

/**
 * Keeps the keyboard in a place whose buttons come and go, such as Pause that gives way to Resume: where the button that
 * had the focus is gone, the one that stands there now gets it.
 */
export function useKeptFocus<E extends HTMLElement>(): KeptFocus<E> {
  const ref = useRef<E>(null)
  /** Which of the buttons has the focus; null while none has. */
  const held = useRef<number | null>(null)
  const buttons = () => [...(ref.current?.querySelectorAll('button') ?? [])]

  useEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return
    const left = buttons()
    left[Math.min(held.current, left.length - 1)]?.focus()
  })
  return {
    ref,
    onFocus({ target }) {
      const index = target instanceof HTMLButtonElement ? buttons().indexOf(target) : -1
      held.current = index < 0 ? null : index
    },
    // React tells of none that is taken away: only the person leaves.
    onBlur() {
      held.current = null
    },
  }
}
