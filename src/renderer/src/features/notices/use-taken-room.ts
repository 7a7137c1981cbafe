import { type RefObject, useLayoutEffect } from 'react'

/** Tells the style sheets, as `--notices-room`, how much room an element takes at the foot: what must not be covered leaves it free. */
export function useTakenRoom(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const { style } = document.documentElement
    const tell = () => {
      const { height } = current.getBoundingClientRect()
      if (height > 0) style.setProperty('--notices-room', `calc(${Math.ceil(height)}px + var(--status-height) + 24px)`)
      else style.removeProperty('--notices-room')
    }
    const observer = new ResizeObserver(tell)
    observer.observe(current)
    return () => {
      observer.disconnect()
      style.removeProperty('--notices-room')
    }
  }, [element])
}
