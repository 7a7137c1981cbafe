import { loadedLater } from './loaded-later.tsx'
import type { PopupMenuProps } from './popup-menu.tsx'

/** A popup menu whose code is not in the window's first JavaScript. */
export const LazyMenu = loadedLater<PopupMenuProps>(async () => (await import('./popup-menu.tsx')).PopupMenu)
