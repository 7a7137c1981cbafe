import { lazy, Suspense } from 'react'
import type { PopupMenuProps } from './popup-menu.tsx'

/** Fetches the menu's code. */
export const loadMenu = () => import('./popup-menu.tsx')
const PopupMenu = lazy(async () => ({ default: (await loadMenu()).PopupMenu }))

/** A popup menu whose code is not in the window's first JavaScript. */
export function LazyMenu(props: PopupMenuProps) {
  return (
    <Suspense fallback={null}>
      <PopupMenu {...props} />
    </Suspense>
  )
}
