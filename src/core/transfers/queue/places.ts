/** A place that one attempt holds until it ends. */
export type Place = {
  /** All bytes are there, and only the disk is awaited: others may fetch meanwhile. */
  readonly onReceived: () => void
  /** The attempt has ended, however it did. */
  readonly free: () => void
}

/** How many attempts may be under way at once: so many that fetch, and some more that only wait for the disk. */
export type Places = {
  readonly areFree: () => boolean
  readonly areFreeForLarge: () => boolean
  /** Whether there is one for the first large file of a batch that should not wait for those of others. */
  readonly isFreeForFirstLarge: (batch: string) => boolean
  readonly take: (isLarge: boolean, batch: string) => Place
}

/** From this size on a file counts as large. */
export const largeBytes = 16 * 1024 * 1024
/** Files whose bytes may lie in memory unflushed, each with an open part file. */
const mostLanding = 128

/** Starts with all places free; the numbers of `concurrency` are asked for anew each time. */
export function createPlaces(concurrency: { readonly slots: () => number; readonly largeSlots: () => number }): Places {
  let fetching = 0
  /** The batch of each. */
  const fetchingLarge = new Map<Place, string>()
  let landing = 0

  return {
    areFree: () => fetching < concurrency.slots() && fetching + landing < concurrency.slots() + mostLanding,
    areFreeForLarge: () => fetchingLarge.size < concurrency.largeSlots(),
    isFreeForFirstLarge(batch) {
      const most = Math.min(concurrency.largeSlots() * 2, concurrency.slots() - 1)
      return fetchingLarge.size < most && ![...fetchingLarge.values()].includes(batch)
    },
    take(isLarge, batch) {
      let state: 'fetching' | 'landing' | 'free' = 'fetching'
      fetching += 1

      function stopFetching(): void {
        fetching -= 1
        fetchingLarge.delete(place)
      }
      const place: Place = {
        onReceived() {
          if (state !== 'fetching') return
          state = 'landing'
          stopFetching()
          landing += 1
        },
        free() {
          if (state === 'fetching') stopFetching()
          if (state === 'landing') landing -= 1
          state = 'free'
        },
      }
      if (isLarge) fetchingLarge.set(place, batch)
      return place
    },
  }
}
