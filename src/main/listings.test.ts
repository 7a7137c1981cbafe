import { expect, test } from 'vitest'
import type { OpenListing } from '../core/listing/open-listing.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { Listing } from '../shared/models/listing.ts'
import { createListings } from './listings.ts'

const one: ExecutionKey = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' }
const other: ExecutionKey = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302', source: 'account' }

/** Listings that only note what is asked of them, and close when told to. */
function notedListings() {
  const asked: string[] = []
  let letClose = () => {}
  const mayClose = new Promise<void>((resolve) => {
    letClose = resolve
  })
  let last = 0
  const listings = createListings(async (execution) => {
    last += 1
    const number = last
    return {
      execution,
      view: () => ({ listing: number }) as Listing,
      forgetKept: async () => void asked.push(`forget ${number}`),
      close: () => mayClose,
    } as Partial<OpenListing> as OpenListing
  })
  return { listings, asked, letClose }
}

test('what is kept is forgotten of open listings and of those that are still closing', async () => {
  const { listings, asked, letClose } = notedListings()
  const first = await listings.open(one)
  await listings.open(other)
  const closing = listings.close(first.listing)
  await listings.forgetKept()
  expect(asked.toSorted()).toEqual(['forget 1', 'forget 2'])
  letClose()
  await closing
  asked.length = 0
  await listings.forgetKept()
  expect(asked).toEqual(['forget 2'])
})

test('one run alone is forgotten, however often it is open', async () => {
  const { listings, asked } = notedListings()
  for (const execution of [one, other, one]) await listings.open(execution)
  await listings.forgetKept(one)
  expect(asked.toSorted()).toEqual(['forget 1', 'forget 3'])
})
