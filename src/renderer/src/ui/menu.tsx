import { lazy, Suspense } from 'react'
import type { PopupMenuProps } from './popup-menu.tsx'

const PopupMenu = lazy(async () => ({ default: (await import('./popup-menu.tsx')).PopupMenu }))

/** A popup menu whose code is fetched when one is opened for the first time. */
export function LazyMenu(props: PopupMenuProps) {
  return (
    <Suspense fallback={null}>
      <PopupMenu {...props} />
    </Suspense>
  )
}
