import { useEffect } from 'react'
import type { AppStore } from './store/app-store.ts'

/** Opens the run whose id or address is dropped anywhere in the window, or pasted where no field is in focus. */
export function useDroppedReference(store: AppStore): void {
  useEffect(() => {
    const open = (text: string) => {
      const { openReference, tell } = store.getState()
      if (text !== '' && !openReference(text)) tell('That is not a run. Drop or paste a run’s id or its web address.')
    }
    const onDragOver = (event: DragEvent) => {
      const types = event.dataTransfer?.types ?? []
      if (types.includes('text/plain') || types.includes('text/uri-list')) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      const text = event.dataTransfer?.getData('text/uri-list') || event.dataTransfer?.getData('text/plain') || ''
      open(text.split('\n')[0] ?? '')
    }
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input, textarea')) return
      open(event.clipboardData?.getData('text') ?? '')
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [store])
}
