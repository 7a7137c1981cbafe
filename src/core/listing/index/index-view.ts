import type { Listing } from '../../../shared/models/listing.ts'
import type { Snapshot } from './snapshot.ts'

/** What the index knows of a listing; loading, caching and following are not its concern. */
export type IndexView = Omit<
  Listing,
  'listing' | 'executionId' | 'source' | 'freshness' | 'loading' | 'problem' | 'info' | 'following'
>

/** The part of the view that is the listing's own, however it is looked at. */
export function describeSnapshot(snapshot: Snapshot) {
  const { presentCount: fileCount, totalSize, unknownSizes, leftOut, lastUpdated, loadedAt, changes } = snapshot
  return { fileCount, totalSize, unknownSizes, leftOut, lastUpdated, loadedAt, changes }
}
