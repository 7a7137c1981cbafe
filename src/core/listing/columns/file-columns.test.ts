import { expect, test } from 'vitest'
import { createCatalogue } from '../index/catalogue.ts'
import { detailsOf } from '../index/file-fields.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { createSnapshot } from '../index/snapshot.ts'
import { listingFromBytes, listingToBytes } from '../kept/listing-bytes.ts'
import { type Sizes, withSize } from './file-columns.ts'

test('more creators and types than two bytes can tell apart are told apart, in memory and on disk', () => {
  const catalogue = createCatalogue()
  const builder = createListingBuilder(catalogue)
  const common = { agentId: '', executionId: '', directory: 'workspace', fileSize: 1, createdAt: '', updatedAt: '' }
  const names = Array.from({ length: 70_000 }, (_, number) => `one ${number}`)
  for (const name of names)
    builder.add({
      ...common,
      id: name,
      filePath: name,
      fileName: name,
      createdBy: name,
      mimeType: name,
      downloadUrl: '',
    })
  const facts = { leftOut: 0, lastUpdated: null, loadedAt: 1 }
  const snapshot = createSnapshot(catalogue, builder.files, null, facts)
  const [filter, none] = [{ text: '', flat: false, directories: [], types: [], creators: [] }, new Uint8Array(0)]
  const [sort, place] = [{ column: 'name', direction: 'ascending' } as const, { focus: null, top: null }]
  const other = createCatalogue()
  const kept = listingFromBytes(
    other,
    listingToBytes(catalogue, snapshot, { sort, filter, open: none, picks: none, place }),
  )
  for (const index of [0, 65_535, 65_536, 69_999]) {
    const expected = { name: names[index], createdBy: names[index], mimeType: names[index] }
    for (const [each, files] of [
      [catalogue, builder.files],
      [other, kept?.files ?? builder.files],
    ] as const) {
      const { fileName: name, createdBy, mimeType } = detailsOf(each, files, index)
      expect({ name, createdBy, mimeType }).toEqual(expected)
    }
  }
})

test.each([[2 ** 31], [2 ** 40], [0.5], [null]])(
  'a size of %d among others is kept, and leaves these as they are',
  (odd) => {
    const sizes = [0, 2 ** 31 - 1, null, odd, 7]
    let column: Sizes = new Int32Array(sizes.length)
    for (const [index, size] of sizes.entries()) column = withSize(column, index, size ?? -1)
    expect([...column]).toEqual(sizes.map((size) => size ?? -1))
  },
)
