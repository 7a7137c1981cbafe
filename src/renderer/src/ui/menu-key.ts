import type { KeyboardEvent } from 'react'
import type { MenuAnchor } from './popup-menu.tsx'

/** Tells whether a key press asks for a context menu: the menu key, or Shift and F10 where there is none. */
export function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (shiftKey && key === 'F10')
}

/** Where a menu that was asked for by key opens: below its element. */
export function below(element: Element): MenuAnchor {
  const box = element.getBoundingClientRect()
  return { x: box.left + 16, y: box.bottom }
}
