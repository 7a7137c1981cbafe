import type { Slice } from './app-store.ts'

export type Dialog = 'palette' | 'settings' | 'sign-in' | 'shortcuts' | 'about' | 'clear-recents'

export type DialogsSlice = {
  readonly dialog: Dialog | null
  /** Whether the large preview is open. */
  readonly previewing: boolean
  /** Grows each time the search field, the field that opens a run, or the file list is asked for. */
  readonly searchAsked: number
  readonly openAsked: number
  readonly filesAsked: number
  readonly showDialog: (dialog: Dialog | null) => void
  readonly setPreviewing: (previewing: boolean) => void
  readonly askForSearch: () => void
  readonly askForOpen: () => void
  /** Takes the keyboard to the file list, and away what lies over it. */
  readonly askForFiles: () => void
}

export const dialogsSlice: Slice<DialogsSlice> = () => (set) => ({
  dialog: null,
  previewing: false,
  searchAsked: 0,
  openAsked: 0,
  filesAsked: 0,
  showDialog: (dialog) => set({ dialog }),
  setPreviewing: (previewing) => set({ previewing }),
  askForSearch: () => set(({ searchAsked }) => ({ searchAsked: searchAsked + 1 })),
  askForOpen: () => set(({ openAsked }) => ({ openAsked: openAsked + 1 })),
  askForFiles: () => set(({ filesAsked }) => ({ filesAsked: filesAsked + 1, overlay: null })),
})
