import { useEffect } from 'react'
import { findAction } from '../../shared/actions.ts'
import type { Api } from '../../shared/contract.ts'
import type { AppStore } from './store/app-store.ts'

/** Carries out what is chosen from the menu bar. In a text field, Select all and Copy are about its text. */
export function useMenuBar(api: Api, store: AppStore): void {
  useEffect(
    () =>
      api.on('menu:chosen', (id) => {
        const action = findAction(id)
        const { activeElement } = document
        if (id === 'select-all' && activeElement instanceof HTMLInputElement) activeElement.select()
        else if (action) store.getState().run(action.id)
      }),
    [api, store],
  )
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      if (!document.activeElement?.closest('[data-files]')) return
      event.preventDefault()
      store.getState().run('copy-files')
    }
    document.addEventListener('copy', onCopy)
    return () => document.removeEventListener('copy', onCopy)
  }, [store])
}
