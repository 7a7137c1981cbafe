import type { Slice } from './app-store.ts'

export type Pane = 'executions' | 'details' | 'transfers'

export type PanesSlice = {
  /** Whether the window is too narrow for three columns; side panes then lie over the files, one at a time. */
  readonly narrow: boolean
  readonly overlay: 'executions' | 'details' | null
  readonly setNarrow: (narrow: boolean) => void
  readonly showPane: (pane: Pane) => void
  readonly togglePane: (pane: Pane) => void
  readonly closeOverlay: () => void
}

const layoutNames = { executions: 'executionsOpen', details: 'detailsOpen', transfers: 'transfersOpen' } as const

export const panesSlice: Slice<PanesSlice> = () => (set, get) => {
  const setPane = (pane: Pane, open: boolean) => {
    if (get().narrow && pane !== 'transfers') set({ overlay: open ? pane : null })
    else get().changeLayout({ [layoutNames[pane]]: open })
  }
  return {
    narrow: false,
    overlay: null,
    setNarrow: (narrow) => set({ narrow, overlay: null }),
    showPane: (pane) => setPane(pane, true),
    togglePane: (pane) => {
      const { narrow, overlay, settings } = get()
      const isOpen = narrow && pane !== 'transfers' ? overlay === pane : (settings?.layout[layoutNames[pane]] ?? false)
      setPane(pane, !isOpen)
    },
    closeOverlay: () => set({ overlay: null }),
  }
}
