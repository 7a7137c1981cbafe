import { expect, test } from 'vitest'
import type { Row } from '../../../../shared/models/listing.ts'
import { type Pages, pageSize } from '../../store/rows.ts'
import { newestThere, type Range, withPlace } from './use-passing-rows.ts'

const rangeAt = (from: number): Range => ({ from, to: from + 20 })

function pagesOf(...numbers: readonly number[]): Pages {
  const rows = Array.from({ length: pageSize }, () => ({}) as Row)
  return new Map(numbers.map((number) => [number, { revision: 1, rows }]))
}

test('of the places that pass by, the last whose rows are all there is drawn', () => {
  const places = [0, 500, 990, 5_000].map(rangeAt)
  expect(newestThere(places, pagesOf(0, 5))).toEqual(rangeAt(500))
  // A place across two pages waits for both.
  expect(newestThere(places, pagesOf(0, 5, 9))).toEqual(rangeAt(500))
  expect(newestThere(places, pagesOf(0, 5, 9, 10))).toEqual(rangeAt(990))
  expect(newestThere(places, pagesOf(0, 5, 9, 10, 50))).toEqual(rangeAt(5_000))
  expect(newestThere(places, pagesOf(7))).toBeUndefined()
})

test('a place is taken in once, and those passed long ago are forgotten, so that old rows do not stay', () => {
  let places: readonly Range[] = []
  for (const from of [0, 100, 100, 200, 300, 400, 500, 600]) places = withPlace(places, rangeAt(from))
  expect(places).toEqual([100, 200, 300, 400, 500, 600].map(rangeAt))
})
