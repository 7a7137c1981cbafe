import { Failure } from '../core/failure.ts'
import type { OpenListing } from '../core/listing/open-listing.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { Listing } from '../shared/models/listing.ts'
import { isSameExecution } from '../shared/same-execution.ts'

/** The listings that the window has open, by their number. */
export type Listings = {
  readonly open: (execution: ExecutionKey) => Promise<Listing>
  /** Throws a `Failure` when the listing has been closed. */
  readonly get: (listing: number) => OpenListing
  readonly close: (listing: number) => Promise<void>
  readonly closeAll: () => Promise<void>
  /** Removes what is kept on disk of the listings that are open or closing, of all or of one execution. */
  readonly forgetKept: (execution?: ExecutionKey) => Promise<void>
}

export function createListings(openListing: (execution: ExecutionKey) => Promise<OpenListing>): Listings {
  const listings = new Map<number, OpenListing>()
  /** Those that are being closed may still write what is kept of them. */
  const closing = new Set<OpenListing>()

  async function close(listing: OpenListing): Promise<void> {
    closing.add(listing)
    try {
      await listing.close()
    } finally {
      closing.delete(listing)
    }
  }

  return {
    async open(execution) {
      const listing = await openListing(execution)
      const view = listing.view()
      listings.set(view.listing, listing)
      return view
    },
    get(number) {
      const listing = listings.get(number)
      if (!listing) throw new Failure({ kind: 'invalid-input', message: 'This run has been closed. Open it again.' })
      return listing
    },
    async close(number) {
      const listing = listings.get(number)
      listings.delete(number)
      if (listing) await close(listing)
    },
    async closeAll() {
      const open = [...listings.values()]
      listings.clear()
      await Promise.all(open.map(close))
    },
    async forgetKept(execution) {
      const meant = [...listings.values(), ...closing].filter(
        (listing) => !execution || isSameExecution(listing.execution, execution),
      )
      await Promise.all(meant.map((listing) => listing.forgetKept()))
    },
  }
}
