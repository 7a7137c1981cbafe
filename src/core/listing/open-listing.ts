import type { ExecutionKey } from '../../shared/models/execution.ts'
import type { Details, Filter, Listing, Nodes, Row, Sort, Summary } from '../../shared/models/listing.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { Logger } from '../log/logger.ts'
import type { FileSource, SourceFile } from '../transfers/file-source.ts'

export type Selecting =
  | { readonly how: 'only' | 'toggle' | 'extend'; readonly node: number }
  | { readonly how: 'all' | 'none' }

/** One open execution: its newest listing and the view of it. Every call answers the view as it is then. */
export type OpenListing = FileSource & {
  readonly view: () => Listing
  readonly rows: (from: number, to: number) => Promise<{ readonly revision: number; readonly rows: readonly Row[] }>
  readonly setOpen: (node: number, open: boolean, allBelow: boolean) => Promise<Listing>
  readonly setAllOpen: (open: boolean) => Promise<Listing>
  readonly sort: (sort: Sort) => Promise<Listing>
  readonly filter: (filter: Filter) => Promise<Listing>
  readonly select: (selecting: Selecting) => Promise<Listing>
  readonly locate: (node: number, reveal: boolean) => Promise<{ readonly row: number; readonly listing: Listing }>
  readonly typeAhead: (from: number, text: string) => Promise<number>
  readonly details: (node: number) => Promise<Details>
  readonly selectionSummary: () => Promise<Summary>
  /** The node at `<directory>/<path within it>`, or null. */
  readonly nodeAt: (path: string) => Promise<number | null>
  readonly file: (node: number) => Promise<SourceFile | null>
  readonly paths: (files: Nodes) => AsyncIterable<readonly string[]>
  /** Lists again and compares; a failure is told in the view's `problem` while the old files stay. */
  readonly refresh: () => Promise<Listing>
  readonly cancelLoading: () => void
  /** Refreshes by itself while the run goes on. */
  readonly follow: (follow: boolean) => Listing
  readonly close: () => Promise<void>
}

export type OpenListingOptions = {
  readonly execution: ExecutionKey
  readonly client: AsteroidClient
  /** Where listings are kept between starts, without links; null keeps none. */
  readonly cacheFolder: string | null
  readonly log: Logger
  /** Hears of every change that was not the answer to a call. */
  readonly onChange: (listing: Listing) => void
}
