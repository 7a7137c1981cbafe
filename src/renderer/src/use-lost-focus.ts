import { useEffect } from 'react'

/** Long enough for whoever took the focused element away to put the keyboard in a better place. */
const patience = 100

/**
 * Takes the keyboard to the files when what had it is gone: a button that clears a filter, or a dialog whose own button
 * went with what it mended. Browsers leave it nowhere, where no arrow key does anything.
 */
export function useLostFocus(): void {
  useEffect(() => {
    let held: Element | null = null
    const onFocusIn = ({ target }: FocusEvent) => {
      held = target instanceof Element ? target : null
    }
    const isLost = () => document.activeElement === document.body
    const onChange = () => {
      if (!held || held.isConnected || !isLost()) return
      held = null
      setTimeout(() => {
        if (!isLost() || document.querySelector('[role="dialog"], [role="menu"]')) return
        document.querySelector<HTMLElement>('[data-files]')?.focus({ preventScroll: true })
      }, patience)
    }
    const observer = new MutationObserver(onChange)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocusIn)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocusIn)
    }
  }, [])
}
