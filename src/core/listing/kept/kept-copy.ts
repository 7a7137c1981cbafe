import type { FileColumns } from '../columns/file-columns.ts'
import type { Catalogue } from '../index/catalogue.ts'
import type { Snapshot, SnapshotFacts } from '../index/snapshot.ts'
import { keep, keepView, readKept, readKeptView } from './kept-listings.ts'
import { checksumOf, type KeptView, listingFromBytes, listingToBytes } from './listing-bytes.ts'
import { isMostlyGone, repacked } from './repack.ts'
import { type ViewedListing, viewFromBytes, viewToBytes } from './view-bytes.ts'

type Kept = { readonly files: FileColumns; readonly facts: SnapshotFacts; readonly view: KeptView }

/**
 * The copy on disk of a catalogue's newest listing, without links, and of how it is looked at.
 *
 * A listing is large and its view small, so that a view of the listing that is kept already gets a file of its own.
 */
export type KeptCopy = {
  /** Keeps a listing with its view. Throws what the disk throws. */
  readonly keep: (file: string, snapshot: Snapshot, view: KeptView) => Promise<void>
  /** Keeps a view of the listing that was kept or restored last. Throws what the disk throws. */
  readonly keepView: (file: string, snapshot: Snapshot, view: KeptView) => Promise<void>
  /** Fills the empty catalogue with what is kept in a file; null when there is none. */
  readonly restore: (file: string, now: Date) => Promise<Kept | null>
}

export function createKeptCopy(catalogue: Catalogue): KeptCopy {
  let onDisk: ViewedListing | 'under other numbers' | 'nothing' = 'nothing'

  async function keepWhole(file: string, snapshot: Snapshot, view: KeptView): Promise<void> {
    const isLean = isMostlyGone(catalogue, snapshot)
    const { nodeCount, bytes } = isLean ? leanBytes(snapshot, view) : allBytes(snapshot, view)
    const isKept = await keep(file, bytes)
    if (!isKept) onDisk = 'nothing'
    else onDisk = isLean ? 'under other numbers' : { checksum: checksumOf(bytes), nodeCount }
  }
  function allBytes(snapshot: Snapshot, view: KeptView) {
    return { nodeCount: catalogue.nodes.count, bytes: listingToBytes(catalogue, snapshot, view) }
  }
  function leanBytes(snapshot: Snapshot, view: KeptView) {
    const lean = repacked(catalogue, snapshot, view)
    return { nodeCount: lean.catalogue.nodes.count, bytes: listingToBytes(lean.catalogue, lean.snapshot, lean.view) }
  }

  return {
    keep: keepWhole,
    async keepView(file, snapshot, view) {
      if (onDisk === 'nothing') return
      if (onDisk === 'under other numbers') await keepWhole(file, snapshot, view)
      else await keepView(file, viewToBytes(view, onDisk))
    },
    async restore(file, now) {
      const bytes = await readKept(file, now)
      const kept = bytes && listingFromBytes(catalogue, bytes)
      if (!kept) return null
      onDisk = { checksum: checksumOf(bytes), nodeCount: catalogue.nodes.count }
      const viewBytes = await readKeptView(file)
      return { ...kept, view: (viewBytes && viewFromBytes(viewBytes, onDisk)) ?? kept.view }
    },
  }
}
