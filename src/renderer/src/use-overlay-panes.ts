import { useEffect } from 'react'
import type { AppStore } from './store/app-store.ts'

/** Below this width, the side panes lie over the files. */
const narrowWindow = '(max-width: 899px)'

/** Tells the store while the window is so narrow that its side panes lie over the files; Escape closes one that does. */
export function useOverlayPanes(store: AppStore): void {
  useEffect(() => {
    const query = matchMedia(narrowWindow)
    const tell = () => store.getState().setNarrow(query.matches)
    const onKeyDown = (event: KeyboardEvent) => {
      const { overlay, dialog, closeOverlay } = store.getState()
      if (event.key === 'Escape' && overlay && !dialog) closeOverlay()
    }
    tell()
    query.addEventListener('change', tell)
    window.addEventListener('keydown', onKeyDown)
    return () => {
      query.removeEventListener('change', tell)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [store])
}
