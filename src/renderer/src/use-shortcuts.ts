import { useEffect } from 'react'
import { type Action, actions } from '../../shared/actions.ts'
import type { AppStore } from './store/app-store.ts'
import { isShortcut } from './ui/shortcut.ts'

/** Handles every shortcut of the table of actions, wherever the focus is. */
export function useShortcuts(store: AppStore, platform: string): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const action = actions.find(({ shortcut, keys }: Action) => {
        if (shortcut === null || !isShortcut(shortcut, event, platform)) return false
        // The list itself hears Enter and Space.
        return keys === 'window' || (shortcut.includes('+') && isInFiles(event.target))
      })
      if (!action || isDialogInTheWay(store, action)) return
      event.preventDefault()
      store.getState().run(action.id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store, platform])
}

function isInFiles(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-files]') !== null
}

function isDialogInTheWay(store: AppStore, action: Action): boolean {
  const { dialog } = store.getState()
  return dialog !== null && action.id !== 'palette'
}
