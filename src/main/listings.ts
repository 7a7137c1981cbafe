import type { AsteroidClient } from '../core/api/client.ts'
import { Failure } from '../core/failure.ts'
import type { OpenListing } from '../core/listing/open-listing.ts'
import type { FileSource } from '../core/transfers/file-source.ts'
import type { ExecutionKey, Source } from '../shared/models/execution.ts'
import type { Listing } from '../shared/models/listing.ts'

/** The listings that the window has open, by their number. */
export type Listings = {
  readonly open: (execution: ExecutionKey) => Promise<Listing>
  /** Throws a `Failure` when the listing has been closed. */
  readonly get: (listing: number) => OpenListing
  readonly close: (listing: number) => Promise<void>
  readonly closeAll: () => Promise<void>
  /** Removes what is kept on disk of the listings that are open or closing, of all or of one execution. */
  readonly forgetKept: (execution?: ExecutionKey) => Promise<void>
  /** An execution's files for whoever needs them after its listing has been closed, such as a transfer that goes on. */
  readonly sourceFor: (execution: ExecutionKey) => Promise<FileSource>
}

export type ListingsOptions = {
  readonly clientFor: (source: Source) => Promise<AsteroidClient>
  readonly openListing: (execution: ExecutionKey, client: AsteroidClient) => Promise<OpenListing>
}

export function createListings({ clientFor, openListing }: ListingsOptions): Listings {
  const listings = new Map<number, OpenListing>()
  /** Those that are being closed may still write what is kept of them. */
  const closing = new Set<OpenListing>()

  async function openFor(execution: ExecutionKey): Promise<OpenListing> {
    return openListing(execution, await clientFor(execution.source))
  }

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
      const listing = await openFor(execution)
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
      const meant = [...listings.values(), ...closing].filter((listing) => !execution || isOf(listing, execution))
      await Promise.all(meant.map((listing) => listing.forgetKept()))
    },
    async sourceFor({ executionId, source }) {
      const open = [...listings.values()].find((listing) => isOf(listing, { executionId, source }))
      return open ?? openFor({ executionId, source })
    },
  }
}

function isOf({ execution }: OpenListing, { executionId, source }: ExecutionKey): boolean {
  return execution.executionId === executionId && execution.source === source
}
