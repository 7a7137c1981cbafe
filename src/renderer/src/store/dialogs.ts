import type { Slice } from './app-store.ts'

export type Dialog = 'palette' | 'settings' | 'sign-in' | 'shortcuts' | 'about' | 'clear-recents'

export type DialogsSlice = {
  readonly dialog: Dialog | null
  /** Whether the large preview is open. */
  readonly previewing: boolean
  /** Grows each time the search field, or the field that opens a run, is asked for. */
  readonly searchAsked: number
  readonly openAsked: number
  readonly showDialog: (dialog: Dialog | null) => void
  readonly setPreviewing: (previewing: boolean) => void
  readonly askForSearch: () => void
  readonly askForOpen: () => void
}

export const dialogsSlice: Slice<DialogsSlice> = () => (set) => ({
  dialog: null,
  previewing: false,
  searchAsked: 0,
  openAsked: 0,
  showDialog: (dialog) => set({ dialog }),
  setPreviewing: (previewing) => set({ previewing }),
  askForSearch: () => set(({ searchAsked }) => ({ searchAsked: searchAsked + 1 })),
  askForOpen: () => set(({ openAsked }) => ({ openAsked: openAsked + 1 })),
})
