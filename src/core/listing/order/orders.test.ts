import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columns } from '../../../shared/columns.ts'
import type { Sort } from '../../../shared/models/listing.ts'
import { createCatalogue } from '../index/catalogue.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { anyListing } from '../index/random-listing.fixture.ts'
import { createSnapshot } from '../index/snapshot.ts'
import { shareOf } from './children.ts'
import { createOrders } from './orders.ts'

const anySort = fc.record({
  column: fc.constantFrom(...columns),
  direction: fc.constantFrom('ascending', 'descending'),
})

function snapshotOf(files: Parameters<ReturnType<typeof createListingBuilder>['add']>[0][]) {
  const catalogue = createCatalogue()
  const builder = createListingBuilder(catalogue)
  for (const file of files) builder.add(file)
  return {
    catalogue,
    snapshot: createSnapshot(catalogue, builder.files, null, { leftOut: 0, lastUpdated: null, loadedAt: 1 }),
  }
}

test('a folder that is sorted alone stands as when all is sorted, however large the ones that are', () => {
  fc.assert(
    fc.property(anyListing, anySort, fc.constantFrom(0, 1 / 16, 1), (files, sort, alone) => {
      const { catalogue, snapshot } = snapshotOf(files)
      const all = [
        ...createOrders(catalogue)
          .get(snapshot, sort as Sort)
          .all(),
      ]
      const { shares, settle } = createOrders(catalogue, alone).get(snapshot, sort as Sort)
      for (const folder of catalogue.nodes.folders.subarray(0, catalogue.nodes.folderCount)) {
        settle(folder)
        const share = [...shareOf(shares, catalogue.nodes, folder)]
        expect(share).toEqual(all.filter((node) => catalogue.nodes.parent[node] === folder))
      }
    }),
    { numRuns: 200 },
  )
})

test('what is prepared a little at a time is what is made at once, also when a refresh brings more meanwhile', () => {
  const { catalogue, snapshot } = snapshotOf([])
  const file = (number: number) => ({
    id: `${number}`,
    agentId: '',
    executionId: '',
    directory: 'workspace',
    filePath: `file ${(number * 7_919) % 30_011}`,
    fileName: '',
    fileSize: number,
    mimeType: null,
    createdBy: '',
    createdAt: '',
    updatedAt: '',
    downloadUrl: 'x',
  })
  const sort = { column: 'name', direction: 'ascending' } as const
  const orders = createOrders(catalogue)
  while (orders.prepare(snapshot)) {}
  const builder = createListingBuilder(catalogue)
  const facts = { leftOut: 0, lastUpdated: null, loadedAt: 1 }
  for (let number = 0; number < 20_000; number += 1) builder.add(file(number))
  const half = createSnapshot(catalogue, builder.files, null, facts)
  for (let step = 0; step < 3; step += 1) expect(orders.prepare(half)).toBe(true)
  for (let number = 20_000; number < 30_000; number += 1) builder.add(file(number))
  const whole = createSnapshot(catalogue, builder.files, null, facts)
  let steps = 0
  while (orders.prepare(whole)) steps += 1
  expect(steps).toBeGreaterThan(3)
  expect([...orders.get(whole, sort).all()]).toEqual([...createOrders(catalogue).get(whole, sort).all()])
})
