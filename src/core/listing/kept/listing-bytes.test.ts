import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCatalogue } from '../index/catalogue.ts'
import { detailsOf } from '../index/file-fields.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { anyListing } from '../index/random-listing.fixture.ts'
import { createSnapshot, type Snapshot } from '../index/snapshot.ts'
import { listingFromBytes, listingToBytes } from './listing-bytes.ts'
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
      const open = Uint8Array.from({ length: catalogue.nodes.count }, (_, node) => node % 2)
      const lean = repacked(catalogue, snapshot, open)
      for (const each of [{ catalogue, snapshot, open }, lean]) {
        const view = { sort: { column: 'size', direction: 'descending' }, filter, open: each.open } as const
        const bytes = listingToBytes(each.catalogue, each.snapshot, view)
        expect(Buffer.from(bytes).includes('x.example')).toBe(false)
        const other = createCatalogue()
        const read = listingFromBytes(other, bytes)
        expect(read?.facts).toEqual(facts)
        expect(read?.view).toEqual(view)
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
