import { hasEnded } from '../../../shared/ended.ts'
import type { AppError, Result } from '../../../shared/errors.ts'
import type { ExecutionKey } from '../../../shared/models/execution.ts'
import type { Filter, Listing, Sort } from '../../../shared/models/listing.ts'
import type { Slice } from './app-store.ts'

/** An execution on its way to being shown. */
export type Opening =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly execution: ExecutionKey }
  | { readonly state: 'failed'; readonly execution: ExecutionKey; readonly error: AppError }

export type ListingSlice = {
  readonly opening: Opening
  readonly listing: Listing | null
  /** When a listing that was put off by the API is asked for again by itself, in milliseconds since 1970, or null. */
  readonly retryAt: number | null
  readonly openExecution: (execution: ExecutionKey) => Promise<void>
  /** Asks again for the execution that could not be shown. */
  readonly retryOpening: () => void
  readonly closeExecution: () => void
  /** Takes in a listing's newer state; an older one, or one that is no longer open, is dropped. */
  readonly applyListing: (listing: Listing) => void
  readonly refresh: () => Promise<void>
  readonly cancelLoading: () => void
  readonly setFollowing: (follow: boolean) => Promise<void>
  readonly setOpen: (node: number, open: boolean, allBelow?: boolean) => Promise<void>
  readonly setAllOpen: (open: boolean) => Promise<void>
  readonly sortBy: (sort: Sort) => Promise<void>
  readonly setFilter: (change: Partial<Filter>) => Promise<void>
}

/** How long to wait where the API asks for a pause and does not say how long. */
const pauseSeconds = 30
const noFilter: Filter = { text: '', flat: false, directories: [], types: [], creators: [] }

/** Tells whether a filter narrows anything. */
export function isFiltering(filter: Filter): boolean {
  return (
    filter.text.trim() !== '' || [filter.directories, filter.types, filter.creators].some(({ length }) => length > 0)
  )
}

/** Tells whether a listing has nothing to show because it could not be had; `problem` says why. */
export function isUnavailable({ loadedAt, loading, problem }: Listing): boolean {
  return loadedAt === 0 && loading === null && problem !== null
}

/** Takes over what the filter's own part of the window is drawn from, where it is as it was: most changes are of other things. */
function withKnownFilter({ filter, facets }: Listing, next: Listing): Listing {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  return {
    ...next,
    filter: isSame(filter, next.filter) ? filter : next.filter,
    facets: isSame(facets, next.facets) ? facets : next.facets,
  }
}

export const listingSlice: Slice<ListingSlice> = (api) => (set, get) => {
  let lastRequest = 0
  /** The last listing for which it was decided whether to follow it. */
  let lastDecided = -1
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  /** What was last asked of the filter, so that quick changes build on each other. */
  let wantedFilter = noFilter

  const leave = () => {
    const { listing } = get()
    get().sendPlace()
    if (listing) void api.invoke('listing:close', { listing: listing.listing })
    get().clearFocus()
    get().clearRows()
    clearTimeout(retryTimer)
    set({ listing: null, previewing: false, retryAt: null })
  }
  /** The API may ask for a pause; the files are asked for again when it is over. */
  const planRetry = ({ problem, loading }: Listing) => {
    if (problem?.kind !== 'rate-limited') {
      clearTimeout(retryTimer)
      if (get().retryAt !== null) set({ retryAt: null })
    } else if (loading === null && get().retryAt === null) {
      const pause = (problem.retryAfterSeconds ?? pauseSeconds) * 1_000
      set({ retryAt: Date.now() + pause })
      retryTimer = setTimeout(() => {
        set({ retryAt: null })
        void get().refresh()
      }, pause)
    }
  }
  /** A run that still goes on is followed from the start, as the settings say; after that, the person decides. */
  const followAtFirst = ({ listing, info, following }: Listing) => {
    if (lastDecided === listing || info?.status == null) return
    lastDecided = listing
    if (!following && !hasEnded(info.status) && get().settings?.follow) void get().setFollowing(true)
  }
  const take = (answer: Result<Listing>) => {
    if (answer.ok) get().applyListing(answer.value)
    else get().report(answer.error)
  }

  return {
    opening: { state: 'idle' },
    listing: null,
    retryAt: null,
    openExecution: async (execution) => {
      lastRequest += 1
      const request = lastRequest
      leave()
      set({ opening: { state: 'loading', execution } })
      const answer = await api.invoke('listing:open', execution)
      if (request !== lastRequest) {
        if (answer.ok) void api.invoke('listing:close', { listing: answer.value.listing })
        return
      }
      if (!answer.ok) return set({ opening: { state: 'failed', execution, error: answer.error } })
      wantedFilter = answer.value.filter
      set({ opening: { state: 'idle' }, listing: answer.value })
      planRetry(answer.value)
      followAtFirst(answer.value)
      get().startWhereLeft(answer.value.left)
    },
    retryOpening: () => {
      const { opening, listing } = get()
      if (opening.state === 'failed') void get().openExecution(opening.execution)
      else if (listing?.problem) void get().refresh()
    },
    closeExecution: () => {
      lastRequest += 1
      leave()
      set({ opening: { state: 'idle' } })
    },
    applyListing: (listing) => {
      const current = get().listing
      if (current?.listing !== listing.listing || listing.revision < current.revision) return
      set({ listing: withKnownFilter(current, listing) })
      planRetry(listing)
      followAtFirst(listing)
      if (listing.revision !== current.revision) get().refetchRows()
      if (listing.layoutRevision !== current.layoutRevision) void get().followFocus()
      if (listing.loadedAt !== current.loadedAt || listing.selection !== current.selection) get().refreshDetails()
    },
    refresh: async () => {
      const { listing } = get()
      if (listing) take(await api.invoke('listing:refresh', { listing: listing.listing }))
    },
    cancelLoading: () => {
      const { listing } = get()
      if (listing) void api.invoke('listing:cancel-loading', { listing: listing.listing })
    },
    setFollowing: async (follow) => {
      const { listing } = get()
      lastDecided = listing?.listing ?? lastDecided
      if (listing) take(await api.invoke('listing:follow', { listing: listing.listing, follow }))
    },
    setOpen: async (node, open, allBelow = false) => {
      const { listing } = get()
      if (listing) take(await api.invoke('listing:set-open', { listing: listing.listing, node, open, allBelow }))
    },
    setAllOpen: async (open) => {
      const { listing } = get()
      if (listing) take(await api.invoke('listing:set-all-open', { listing: listing.listing, open }))
    },
    sortBy: async (sort) => {
      const { listing } = get()
      if (listing) take(await api.invoke('listing:sort', { listing: listing.listing, sort }))
    },
    setFilter: async (change) => {
      const { listing } = get()
      if (!listing) return
      wantedFilter = { ...wantedFilter, ...change }
      // A flat list is a way to see matches; without any, the tree comes back.
      const filter = { ...wantedFilter, flat: wantedFilter.flat && isFiltering(wantedFilter) }
      take(await api.invoke('listing:filter', { listing: listing.listing, filter }))
    },
  }
}
