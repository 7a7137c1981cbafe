import type { Row } from '../../../shared/models/listing.ts'
import type { AppState, Slice } from './app-store.ts'
import type { Focus } from './focus.ts'

/** Rows asked for at once. */
export const pageSize = 100
const pagesAhead = 1
const mostPages = 40
const mostAtOnce = 3

type Page = { readonly revision: number; readonly rows: readonly Row[] }
export type Pages = ReadonlyMap<number, Page>
type Wanted = { readonly from: number; readonly to: number; readonly isPassing?: boolean }

export type RowsSlice = {
  /** The rows that have been fetched, by page. An out-of-date page stays on show until its newer one arrives. */
  readonly pages: Pages
  /** Tells which rows are on screen; they and, but in passing, the pages around them are fetched. */
  readonly wantRows: (from: number, to: number, isPassing?: boolean) => void
  /** One row, fetched if need be; null when there is none, or the rows have changed meanwhile: then it may be asked `again`. */
  readonly fetchRow: (index: number, again?: boolean) => Promise<Row | null>
  /** Tells whether a row has been fetched since the rows last changed. */
  readonly isNewest: (index: number) => boolean
  readonly refetchRows: () => void
  readonly clearRows: () => void
  /** Shows a selection at once, before main's answer. */
  readonly markSelected: (isSelected: (row: Row, index: number) => boolean) => void
}

/** The row at an index, if it has been fetched. */
export function rowAt(pages: Pages, index: number): Row | undefined {
  return pages.get(Math.floor(index / pageSize))?.rows[index % pageSize]
}

/** As of which revision a row is on show; -1 where it is not. */
export function revisionOf(pages: Pages, index: number): number {
  return pages.get(Math.floor(index / pageSize))?.revision ?? -1
}

/** The row of a node among the pages as of a revision and newer ones; null where it is on none of them. */
export function rowOfNode(pages: Pages, node: number, since: number): number | null {
  for (const [number, { revision, rows }] of pages) {
    const at = revision < since ? -1 : rows.findIndex((row) => row.node === node)
    if (at >= 0) return number * pageSize + at
  }
  return null
}

/** Tells whether there is no file below a folder, nor one that the filter hides. */
export function isEmptyFolder({ fileCount, hiddenCount }: Row): boolean {
  return fileCount + hiddenCount === 0
}

export const rowsSlice: Slice<RowsSlice> = (api) => (set, get) => {
  const inFlight = new Map<string, Promise<boolean>>()
  /** Pages that could not be had are not asked for again until the rows change. */
  const failed = new Set<string>()
  let wanted: Wanted = { from: 0, to: 0 }

  /** What is selected alone need not be asked for: the window marks it by itself. */
  const newestRevision = () => {
    const { revision = 0, layoutRevision = 0 } = get().listing ?? {}
    return get().onlySelected() === undefined ? revision : layoutRevision
  }
  const isCurrent = (number: number) => revisionOf(get().pages, number * pageSize) >= newestRevision()
  const keyOf = (number: number) => `${get().listing?.listing}/${newestRevision()}/${number}`

  /** Answers whether it came. */
  const fetchPage = (number: number): Promise<boolean> => {
    const { listing } = get()
    if (!listing) return Promise.resolve(false)
    const key = keyOf(number)
    const running = inFlight.get(key)
    if (running) return running
    const from = number * pageSize
    const fetching = (async () => {
      const answer = await api.invoke('listing:rows', { listing: listing.listing, from, to: from + pageSize })
      inFlight.delete(key)
      if (get().listing?.listing !== listing.listing) return false
      if (!answer.ok) {
        failed.add(key)
        get().report(answer.error)
        return false
      }
      const held = get().pages.get(number)
      if (held && held.revision > answer.value.revision) return true
      const only = get().onlySelected()
      const marked = only === undefined ? answer.value.rows : withMarks(answer.value.rows, ({ node }) => node === only)
      const page = { ...answer.value, rows: withKnownRows(held?.rows ?? [], marked) }
      const pages = withPage(get().pages, number, page, wanted.from / pageSize)
      set({ pages, focus: focusOnPage(get(), page, from) })
      get().settleFocus()
      return true
    })()
    inFlight.set(key, fetching)
    return fetching
  }

  const fetchWanted = () => {
    while (inFlight.size < mostAtOnce) {
      const number = pagesAround(wanted, get().listing?.rowCount ?? 0).find(
        (page) => !isCurrent(page) && !inFlight.has(keyOf(page)) && !failed.has(keyOf(page)),
      )
      if (number === undefined) return
      void fetchPage(number).then(fetchWanted)
    }
  }

  return {
    pages: new Map(),
    wantRows: (from, to, isPassing = false) => {
      wanted = { from, to, isPassing }
      fetchWanted()
    },
    fetchRow: async (index, again = false) => {
      const number = Math.floor(index / pageSize)
      for (let came = true; came && index >= 0 && index < (get().listing?.rowCount ?? 0); came &&= again) {
        if (!isCurrent(number)) came = await fetchPage(number)
        if (isCurrent(number)) return rowAt(get().pages, index) ?? null
      }
      return null
    },
    isNewest: (index) => isCurrent(Math.floor(index / pageSize)),
    refetchRows: () => {
      const last = (get().listing?.rowCount ?? 0) / pageSize
      const kept = [...get().pages].filter(([number]) => number < last)
      if (kept.length < get().pages.size) set({ pages: new Map(kept) })
      const only = get().onlySelected()
      if (only !== undefined) get().markSelected(({ node }) => node === only)
      fetchWanted()
    },
    clearRows: () => {
      failed.clear()
      wanted = { from: 0, to: 0 }
      set({ pages: new Map() })
    },
    markSelected: (isSelected) => {
      const { pages } = get()
      const marked = [...pages].map(([number, page]): [number, Page] => {
        const rows = withMarks(page.rows, (row, offset) => isSelected(row, number * pageSize + offset))
        return [number, rows === page.rows ? page : { ...page, rows }]
      })
      if (marked.some(([number, page]) => pages.get(number) !== page)) set({ pages: new Map(marked) })
    },
  }
}

/** The focus once a page has come: it goes along with its node at once, so that it is never seen on another row. */
function focusOnPage({ focus, pages }: AppState, page: Page, from: number): Focus {
  const shownOf = pages.get(Math.floor(focus.row / pageSize))
  if (focus.node === null || page.revision < (shownOf?.revision ?? 0)) return focus
  const at = page.rows.findIndex(({ node }) => node === focus.node)
  return at < 0 || from + at === focus.row ? focus : { ...focus, row: from + at }
}

/** The pages of a range and those next to it, the range's own first. */
function pagesAround({ from, to, isPassing }: Wanted, rowCount: number): readonly number[] {
  const first = Math.floor(from / pageSize)
  const last = Math.floor(Math.max(from, to - 1) / pageSize)
  const end = Math.ceil(rowCount / pageSize)
  const own = Array.from({ length: last - first + 1 }, (_, step) => first + step)
  const ahead = Array.from({ length: isPassing ? 0 : pagesAhead }, (_, step) => [
    last + 1 + step,
    first - 1 - step,
  ]).flat()
  return [...own, ...ahead].filter((number) => number >= 0 && number < end)
}

/** The same rows, selected or not; the very same array where all are as they should be. */
function withMarks(rows: readonly Row[], isSelected: (row: Row, offset: number) => boolean): readonly Row[] {
  if (rows.every((row, offset) => row.selected === isSelected(row, offset))) return rows
  return rows.map((row, offset) => {
    const selected = isSelected(row, offset)
    return selected === row.selected ? row : { ...row, selected }
  })
}

/** Takes over the rows that are as they were, so that only those that changed are drawn anew. */
function withKnownRows(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  return rows.map((row, offset) => {
    const known = before[offset]
    return known && isSameRow(known, row) ? known : row
  })
}

function isSameRow(one: Row, other: Row): boolean {
  const fields = Object.keys(one) as (keyof Row)[]
  return fields.every((field) => field === 'matches' || one[field] === other[field]) && sameMatches(one, other)
}

function sameMatches({ matches }: Row, other: Row): boolean {
  return (
    matches.length === other.matches.length &&
    matches.every(([from, to], index) => other.matches[index]?.[0] === from && other.matches[index]?.[1] === to)
  )
}

/** Adds a page; of the others the one farthest from `near` goes when there are too many. */
function withPage(pages: Pages, number: number, page: Page, near: number): Pages {
  const next = new Map(pages).set(number, page)
  if (next.size <= mostPages) return next
  const others = [...next.keys()].filter((key) => key !== number)
  next.delete(others.reduce((far, key) => (Math.abs(key - near) > Math.abs(far - near) ? key : far)))
  return next
}
