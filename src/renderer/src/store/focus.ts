import type { Place } from '../../../shared/models/listing.ts'
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
  /** The node of the row that a listing is to be scrolled to when its rows are first drawn, or null. */
  readonly topAsked: number | null
  /** Puts the focus where it was left in a listing that has just been opened, or on its first row. */
  readonly startWhereLeft: (left: Place) => void
  /** Says that the rows have been scrolled to where they were left. */
  readonly placeTaken: () => void
  /** Tells main a moment later where the focus and the first row in view are: null where that is the list's first. */
  readonly notePlace: (top: number | null) => void
  /** Tells main what it has not been told of yet. */
  readonly sendPlace: () => void
  /** Moves the focus to a row and shows it; past the ends it goes to the end, such as by Infinity. Answers the row's node. */
  readonly moveFocus: (row: number) => Promise<number | null>
  /** Finds the focused node's new row after rows have moved. */
  readonly followFocus: () => Promise<void>
  /** Names the focused row's node once it has been fetched, or finds the row where its node is. */
  readonly settleFocus: () => void
  /** Where a node's row is now, or -1. To reveal it opens the folders that it is in, and waits until the row is there. */
  readonly locate: (node: number, reveal: boolean) => Promise<number>
  readonly typeAhead: (text: string) => Promise<void>
}

const atTop: Focus = { row: 0, node: null }
/** Long enough not to tell of every row that a held key or a turned wheel passes. */
const noteAfterMilliseconds = 250

export const focusSlice: Slice<FocusSlice> = (api) => (set, get) => {
  let noted: Place | null = null
  let noteTimer: ReturnType<typeof setTimeout> | null = null

  let moves = 0

  /** The row that a move to `target` ends at, or -1 where there is none. */
  const nearestRow = (target: number) => Math.min(Math.max(target, 0), (get().listing?.rowCount ?? 0) - 1)

  /** Waits for a row that is not on show, as it is among the newest rows, which may change while it is on its way. */
  const arriveAt = async (target: number): Promise<number | null> => {
    const move = moves
    for (let row = nearestRow(target); row >= 0; ) {
      const before = get().listing?.listing
      const node = (await get().fetchRow(row, true))?.node ?? null
      if (get().listing?.listing !== before) return null
      const isLast = move === moves
      // Named as its page came, it may have been followed to another row since.
      if (isLast && get().focus.node !== null) return get().focus.node
      if (isLast) {
        set({ focus: { row, node: null } })
        get().settleFocus()
      }
      // The list may have become shorter.
      const nearest = nearestRow(target)
      if (nearest === row) return node
      row = nearest
    }
    return null
  }

  return {
    focus: atTop,
    revealAsked: 0,
    topAsked: null,
    clearFocus: () => {
      set({ focus: atTop, topAsked: null })
      get().clearDetails()
    },
    startWhereLeft: ({ focus, top }) => {
      noted = null
      set({ focus: { row: 0, node: focus }, topAsked: top })
      get().wantRows(0, 1)
      if (focus === null) return
      void get().followFocus()
      get().refreshDetails()
    },
    placeTaken: () => set({ topAsked: null }),
    notePlace: (top) => {
      if (get().topAsked !== null) return
      const focus = get().focus.node
      if (noted?.focus === focus && noted.top === top) return
      noted = { focus, top }
      if (noteTimer !== null) clearTimeout(noteTimer)
      noteTimer = setTimeout(() => get().sendPlace(), noteAfterMilliseconds)
    },
    sendPlace: () => {
      const { listing } = get()
      if (noteTimer === null) return
      clearTimeout(noteTimer)
      noteTimer = null
      if (listing && noted) void api.invoke('listing:note-place', { listing: listing.listing, place: noted })
    },
    moveFocus: async (target) => {
      const row = nearestRow(target)
      if (row < 0) return null
      // A row is gone to as it is seen, even on an out-of-date page; an end of the list is that of the newest rows.
      const isEnd = row !== target
      const node = isEnd && !get().isNewest(row) ? null : (rowAt(get().pages, row)?.node ?? null)
      moves += 1
      set(({ revealAsked }) => ({ focus: { row, node }, revealAsked: revealAsked + 1 }))
      if (node === null) return arriveAt(target)
      get().refreshDetails()
      return node
    },
    followFocus: async () => {
      const { node } = get().focus
      if (node === null) return
      const row = await get().locate(node, false)
      const { listing, focus } = get()
      if (focus.node !== node) return
      const last = (listing?.rowCount ?? 1) - 1
      // What a filter leaves starts at the top; what a refresh leaves is where the lost row was.
      const nearest = listing && isFiltering(listing.filter) ? 0 : Math.min(focus.row, last)
      // Out-of-date rows stay on show until newer ones come: so does the focus, or it would be seen on another row.
      const next = await get().fetchRow(row >= 0 ? row : nearest)
      if (get().focus.node !== node) return
      if (row >= 0) return next?.node === node ? set({ focus: { row, node } }) : undefined
      set({ focus: { row: nearest, node: next?.node ?? null } })
      get().refreshDetails()
      get().settleFocus()
    },
    settleFocus: () => {
      const { focus, pages } = get()
      const found = rowAt(pages, focus.row)?.node ?? null
      if (found === null || found === focus.node) return
      // A row that was reached while an out-of-date page was on show is somewhere else by now.
      if (focus.node !== null) return void get().followFocus()
      if (!get().isNewest(focus.row)) return
      set({ focus: { ...focus, node: found } })
      get().refreshDetails()
    },
    locate: async (node, reveal) => {
      const { listing } = get()
      if (!listing) return -1
      const answer = await api.invoke('listing:locate', { listing: listing.listing, node, reveal })
      if (!answer.ok) return -1
      // A row's number is of the newest rows, of which the window may not have heard yet.
      const isNewer = answer.value.listing.revision > (get().listing?.revision ?? 0)
      if (reveal || isNewer) get().applyListing(answer.value.listing)
      if (reveal && (await get().fetchRow(answer.value.row))?.node !== node) return -1
      return answer.value.row
    },
    typeAhead: async (text) => {
      const { listing, focus } = get()
      if (!listing) return
      // One letter goes on to the next match; more letters narrow the one that is found.
      const from = text.length === 1 ? focus.row + 1 : focus.row
      const answer = await api.invoke('listing:type-ahead', { listing: listing.listing, from, text })
      // Its number is of the newest rows, which may not be on show yet.
      if (!answer.ok || !(await get().fetchRow(answer.value))) return
      await get().selectRow('only', answer.value)
    },
  }
}
