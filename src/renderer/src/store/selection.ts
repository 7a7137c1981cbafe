import type { Input } from '../../../shared/contract.ts'
import type { Details, Picked, Row, Summary } from '../../../shared/models/listing.ts'
import type { AppState, Slice } from './app-store.ts'
import { type Pages, revisionOf, rowAt, rowOfNode } from './rows.ts'

/** What the details pane shows: what an action would be about. The last one stays until the next is there. */
export type Shown =
  | { readonly what: 'nothing' }
  | { readonly what: 'node'; readonly details: Details }
  | { readonly what: 'selection'; readonly summary: Summary }

/** From where a range reaches: a node, and its row as of a revision of a listing's rows. */
type Anchor = { readonly listing: number; readonly node: number; readonly row: number; readonly revision: number }
type Selecting = Omit<Input<'listing:select'>, 'listing'>

export type SelectionSlice = {
  readonly shown: Shown
  /** Settles once main knows of all that has been selected; null when it does. */
  readonly selecting: () => Promise<unknown> | null
  /** Whether anything is selected once main knows of all that was asked for last. */
  readonly isAnySelected: () => boolean
  /** The node that is selected alone once main knows of that, null where none is; undefined where there may be more. */
  readonly onlySelected: () => number | null | undefined
  /** Moves the focus to a row and selects it, adds or removes it, or selects all up to it. */
  readonly selectRow: (how: 'only' | 'toggle' | 'extend', row: number) => Promise<void>
  /** Selects a folder that the row in focus is in, by its level: 1 for the directories. */
  readonly selectFolderAbove: (level: number) => Promise<void>
  readonly selectAll: () => void
  readonly selectNone: () => void
  readonly refreshDetails: () => void
  /** Shows the file that the details are of large, and takes the focus to it. */
  readonly previewShown: () => Promise<void>
  readonly clearDetails: () => void
}

/** The row that the keyboard is on, if it has been fetched. */
export function focusedRow(state: AppState): Row | undefined {
  const row = rowAt(state.pages, state.focus.row)
  return row && (state.focus.node === null || row.node === state.focus.node) ? row : undefined
}

/** The files that an action on rows is about: the selection, or else the row in focus; null when there is neither. */
export function actedOn(state: AppState): Picked | null {
  const { count = 0, only = null } = state.listing?.selection ?? {}
  if (count > 1) return { what: 'selection' }
  // One is named, so that what is done to it is called by its name.
  const node = only ?? state.focus.node
  return node === null ? null : { what: 'nodes', nodes: [node] }
}

/** The selected nodes one by one, or else the one in focus; null when they are too many to name. */
export function actedOnNodes({ listing, pages, focus }: AppState): readonly number[] | null {
  const count = listing?.selection.count ?? 0
  if (count === 0) return focus.node === null ? null : [focus.node]
  const nodes = selectedNodes(pages)
  return nodes.length === count ? nodes : null
}

function selectedNodes(pages: Pages): readonly number[] {
  return [...pages.values()].flatMap(({ rows }) => rows.filter(({ selected }) => selected).map(({ node }) => node))
}

export const selectionSlice: Slice<SelectionSlice> = (api) => (set, get) => {
  const waiting: Selecting[] = []
  let sending = false
  let underWay: Promise<unknown> | null = null
  let askedLast: Selecting['how'] = 'none'
  let askedOnly: number | null | undefined
  let earlier: Promise<unknown> = Promise.resolve()
  /** How many moves wait for their row, or for one before them. */
  let turns = 0
  let anchor: Anchor | null = null
  /** What was marked before a range first reached: each reach starts anew from that. */
  let beforeExtend: ReadonlySet<number> | null = null
  let detailsRequest = 0
  let detailsTimer: ReturnType<typeof setTimeout> | undefined

  /** One at a time and in order; while a key repeats, only the last of `only` and `extend` is sent. */
  const send = async (next: Selecting) => {
    const last = waiting.at(-1)
    if (next.how !== 'toggle' && last && last.how === next.how) waiting.pop()
    waiting.push(next)
    if (sending) return
    sending = true
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { listing } = get()
      if (!listing) break
      const answer = await api.invoke('listing:select', { listing: listing.listing, ...step })
      if (answer.ok) get().applyListing(answer.value)
      else get().report(answer.error)
    }
    waiting.length = 0
    sending = false
  }

  const ask = (how: Selecting['how']) => {
    askedLast = how
    askedOnly = how === 'none' ? null : undefined
  }
  const tracked = (work: Promise<void>): Promise<void> => {
    const all = Promise.all([underWay, work])
    underWay = all
    const settle = () => {
      if (underWay !== all) return
      underWay = null
      // From now on it is as main said last, also where what was asked was refused, or never sent as its row has gone.
      get().refetchRows()
    }
    all.then(settle, settle)
    return work
  }
  const mark = (how: 'only' | 'toggle' | 'extend', node: number, at: number) => {
    askedOnly = how === 'only' ? node : undefined
    if (how === 'only') get().markSelected((other) => other.node === node)
    if (how === 'toggle') get().markSelected((other) => (other.node === node ? !other.selected : other.selected))
    if (how === 'extend') markRange(at)
    else beforeExtend = null
    if (how === 'extend' && anchor?.listing === get().listing?.listing) return
    const { listing, pages } = get()
    anchor = { listing: listing?.listing ?? -1, node, row: at, revision: revisionOf(pages, at) }
  }
  const markRange = (at: number) => {
    const { pages, listing } = get()
    beforeExtend ??= new Set(selectedNodes(pages))
    const before = beforeExtend
    const start = anchor?.listing === listing?.listing ? anchorRow() : at
    // Main knows.
    if (start === null) return
    const [from, to] = start < at ? [start, at] : [at, start]
    get().markSelected(({ node }, index) => before.has(node) || (index >= from && index <= to))
  }
  /** Where the anchor is now, after a sort as well; null where no row on show tells. */
  const anchorRow = (): number | null => {
    const { pages, listing } = get()
    const newest = listing?.layoutRevision ?? 0
    if (anchor === null || anchor.revision >= newest) return anchor?.row ?? null
    return rowOfNode(pages, anchor.node, newest)
  }
  const select = async (how: 'only' | 'toggle' | 'extend', row: number) => {
    const moving = get().moveFocus(row)
    const { row: at, node: known } = get().focus
    // Along with the focus where nothing has to be waited for, so that both are drawn at once.
    if (known !== null && turns === 0 && get().listing?.rowCount) {
      mark(how, known, at)
      return send({ how, node: known })
    }
    // In the order of the keys: a row that has to be fetched first must not be selected after the one gone to since.
    turns += 1
    const turn = Promise.all([moving, earlier]).finally(() => {
      turns -= 1
    })
    earlier = turn.catch(() => {})
    const [node] = await turn
    if (node === null) return
    mark(how, node, at)
    await send({ how, node })
  }

  const loadDetails = async () => {
    detailsRequest += 1
    const request = detailsRequest
    await underWay
    const { listing } = get()
    if (!listing || request !== detailsRequest) return
    const { listing: number } = listing
    const shown = await detailsOf(number, actedOn(get()))
    if (shown && request === detailsRequest && get().listing?.listing === number) set({ shown })
  }
  /** What to show of the files that an action would be about; null to leave what is shown. */
  const detailsOf = async (listing: number, files: Picked | null): Promise<Shown | null> => {
    if (files?.what === 'selection') return selectionSummary(listing)
    const [node] = files?.nodes ?? []
    if (node !== undefined) return nodeDetails(listing, node)
    // While there are rows, the one that gets the focus is on its way.
    return get().listing?.rowCount === 0 ? { what: 'nothing' } : null
  }
  const selectionSummary = async (listing: number): Promise<Shown | null> => {
    const answer = await api.invoke('listing:selection-summary', { listing })
    return answer.ok ? { what: 'selection', summary: answer.value } : null
  }
  const nodeDetails = async (listing: number, node: number): Promise<Shown | null> => {
    const answer = await api.invoke('listing:details', { listing, node })
    return answer.ok ? { what: 'node', details: answer.value } : null
  }

  return {
    shown: { what: 'nothing' },
    selecting: () => underWay,
    isAnySelected: () => (underWay ? askedLast !== 'none' : (get().listing?.selection.count ?? 0) > 0),
    onlySelected: () => {
      if (underWay) return askedOnly
      const { count = 0, only = null } = get().listing?.selection ?? {}
      return count > 1 ? undefined : only
    },
    selectRow: (how, row) => {
      ask(how)
      return tracked(select(how, row))
    },
    selectFolderAbove: async (level) => {
      let row: Row | null = focusedRow(get()) ?? null
      let at = -1
      while (row && row.level > level) {
        at = row.parentRow
        row = await get().fetchRow(at)
      }
      if (row && at >= 0) await get().selectRow('only', at)
    },
    selectAll: () => {
      ask('all')
      beforeExtend = null
      get().markSelected(() => true)
      void tracked(send({ how: 'all' }))
    },
    selectNone: () => {
      ask('none')
      beforeExtend = null
      get().markSelected(() => false)
      void tracked(send({ how: 'none' }))
    },
    refreshDetails: () => {
      // Details wait a moment, so that a held arrow key does not ask for every row that it passes.
      clearTimeout(detailsTimer)
      detailsTimer = setTimeout(() => void loadDetails(), 40)
    },
    previewShown: async () => {
      const { shown } = get()
      if (shown.what !== 'node' || shown.details.kind !== 'file') return
      const row = await get().locate(shown.details.node, true)
      if (row >= 0 && (await get().moveFocus(row)) !== null) get().setPreviewing(true)
    },
    clearDetails: () => {
      clearTimeout(detailsTimer)
      detailsRequest += 1
      set({ shown: { what: 'nothing' } })
    },
  }
}
