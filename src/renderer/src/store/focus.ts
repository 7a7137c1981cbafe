import type { Slice } from './app-store.ts'
import { isFiltering } from './listing.ts'
import { rowAt } from './rows.ts'

/** The row that the keyboard is on. Its node is null until the row has been fetched. */
export type Focus = { readonly row: number; readonly node: number | null }

export type FocusSlice = {
  readonly focus: Focus
  /** Grows when the focused row should be scrolled into view. */
  readonly revealAsked: number
  readonly clearFocus: () => void
  /** Puts the focus on a new listing's first row. */
  readonly startAtTop: () => void
  /** Moves the focus to a row and shows it; past the ends it stays at the end. Answers the row's node. */
  readonly moveFocus: (row: number) => Promise<number | null>
  /** Finds the focused node's new row after rows have moved. */
  readonly followFocus: () => Promise<void>
  /** Names the focused row's node once it has been fetched, or finds the row where its node is. */
  readonly settleFocus: () => void
  /** Where a node's row is now, or -1. */
  readonly locate: (node: number, reveal: boolean) => Promise<number>
  readonly typeAhead: (text: string) => Promise<void>
}

const atTop: Focus = { row: 0, node: null }

export const focusSlice: Slice<FocusSlice> = (api) => (set, get) => ({
  focus: atTop,
  revealAsked: 0,
  clearFocus: () => {
    set({ focus: atTop })
    get().clearDetails()
  },
  startAtTop: () => {
    set({ focus: atTop })
    get().wantRows(0, 1)
  },
  moveFocus: async (target) => {
    const last = (get().listing?.rowCount ?? 0) - 1
    if (last < 0) return null
    const row = Math.min(Math.max(target, 0), last)
    const node = rowAt(get().pages, row)?.node ?? null
    set(({ revealAsked }) => ({ focus: { row, node }, revealAsked: revealAsked + 1 }))
    if (node !== null) {
      get().refreshDetails()
      return node
    }
    return (await get().fetchRow(row))?.node ?? null
  },
  followFocus: async () => {
    const { node } = get().focus
    if (node === null) return
    const row = await get().locate(node, false)
    if (get().focus.node !== node) return
    if (row >= 0) return set({ focus: { row, node } })
    const { listing, focus } = get()
    const last = (listing?.rowCount ?? 1) - 1
    // What a filter leaves starts at the top; what a refresh leaves is where the lost row was.
    const nearest = listing && isFiltering(listing.filter) ? 0 : Math.min(focus.row, last)
    set({ focus: { row: nearest, node: null } })
    get().refreshDetails()
    get().settleFocus()
  },
  settleFocus: () => {
    const { focus, pages } = get()
    const found = rowAt(pages, focus.row)?.node ?? null
    if (found === null || found === focus.node) return
    // A row that was reached while an out-of-date page was on show is somewhere else by now.
    if (focus.node !== null) return void get().followFocus()
    set({ focus: { ...focus, node: found } })
    get().refreshDetails()
  },
  locate: async (node, reveal) => {
    const { listing } = get()
    if (!listing) return -1
    const answer = await api.invoke('listing:locate', { listing: listing.listing, node, reveal })
    if (!answer.ok) return -1
    if (reveal) get().applyListing(answer.value.listing)
    return answer.value.row
  },
  typeAhead: async (text) => {
    const { listing, focus } = get()
    if (!listing) return
    // One letter goes on to the next match; more letters narrow the one that is found.
    const from = text.length === 1 ? focus.row + 1 : focus.row
    const answer = await api.invoke('listing:type-ahead', { listing: listing.listing, from, text })
    if (!answer.ok || answer.value < 0) return
    await get().selectRow('only', answer.value)
  },
})
