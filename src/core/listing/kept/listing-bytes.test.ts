import fc from 'fast-check'
import { expect, test } from 'vitest'
import { directoryNames } from '../../../shared/models/execution.ts'
import { type NodeTable, segmentsOf } from '../columns/node-table.ts'
import { type Catalogue, createCatalogue } from '../index/catalogue.ts'
import { detailsOf } from '../index/file-fields.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { anyListing } from '../index/random-listing.fixture.ts'
import { createSnapshot, isPresent, type Snapshot } from '../index/snapshot.ts'
import { type KeptView, listingFromBytes, listingToBytes } from './listing-bytes.ts'
import { repacked } from './repack.ts'

const filter = { text: 'a', flat: true, directories: [], types: ['image'], creators: [] }
const facts = { leftOut: 3, lastUpdated: 'then', loadedAt: 5 }

test('every field of every file comes back from bytes, but for its link, and what is gone does not', () => {
  fc.assert(
    fc.property(anyListing, anyListing, (first, second) => {
      const catalogue = createCatalogue()
      let snapshot: Snapshot | null = null
      for (const files of [first, second]) {
        const builder = createListingBuilder(catalogue)
        for (const file of files) builder.add(file)
        snapshot = createSnapshot(catalogue, builder.files, snapshot, facts)
      }
      if (!snapshot) return
      const { count } = catalogue.nodes
      const marks = (every: number) => Uint8Array.from({ length: count }, (_, node) => Number(node % every === 0))
      const sort = { column: 'size', direction: 'descending' } as const
      const last = snapshot.files.node[snapshot.presentCount - 1] ?? null
      const view: KeptView = { sort, filter, open: marks(2), picks: marks(3), place: { focus: 0, top: last } }
      const lean = repacked(catalogue, snapshot, view)
      const pathsOf = (table: NodeTable, marked: Iterable<number>) =>
        [...marked].map((node) => segmentsOf(table, node).join('/'))
      const marked = (each: typeof lean, part: 'open' | 'picks') => {
        const isThere = (node: number) => isShownNow(each, node)
        const nodes = [...each.view[part].keys()].filter((node) => each.view[part][node] === 1 && isThere(node))
        return pathsOf(each.catalogue.nodes, nodes).toSorted()
      }
      for (const part of ['open', 'picks'] as const)
        expect(marked(lean, part)).toEqual(marked({ catalogue, snapshot, view }, part))
      expect(lean.view.place.focus).toBe(0)
      expect(lean.view.place.top).toBe(lean.snapshot.files.node[lean.snapshot.presentCount - 1] ?? null)
      for (const each of [{ catalogue, snapshot, view }, lean]) {
        const bytes = listingToBytes(each.catalogue, each.snapshot, each.view)
        expect(Buffer.from(bytes).includes('x.example')).toBe(false)
        const other = createCatalogue()
        const read = listingFromBytes(other, bytes)
        expect(read?.facts).toEqual(facts)
        expect(read?.view).toEqual(each.view)
        const details = Array.from({ length: read?.files.count ?? 0 }, (_, index) =>
          read ? detailsOf(other, read.files, index) : null,
        )
        expect(details.map((file) => file?.path)).toEqual(second.map((file) => `${file.directory}/${file.filePath}`))
        expect(details).toEqual(
          second.map(({ downloadUrl: _, ...file }) => ({ ...file, path: `${file.directory}/${file.filePath}` })),
        )
      }
    }),
  )
})

/** Whether a node is in the newest listing: the files of it, and the folders that hold them. */
function isShownNow(
  { catalogue, snapshot }: { readonly catalogue: Catalogue; readonly snapshot: Snapshot },
  node: number,
): boolean {
  return isPresent(catalogue, snapshot, node) || node < directoryNames.length
}
