import { expect, test } from 'vitest'
import { bySlots, movedBy } from './use-slots.ts'

const slotCount = 10
const slotOf = (row: number) => row % slotCount
const rowsFrom = (from: number) => Array.from({ length: slotCount }, (_, step) => from + step)
const slotsOf = (rows: readonly number[]) => rows.map(slotOf)

test('wherever a list moves to, its elements stay in the order that they had at rest', () => {
  const atRest = rowsFrom(37)
  const first = slotOf(37)
  for (const from of [37, 38, 44, 47, 1_234, 0])
    expect(slotsOf(bySlots(rowsFrom(from), slotOf, first, slotCount))).toEqual(slotsOf(atRest))
})

test('rows without a neighbour at the list’s end are drawn between the same siblings', () => {
  expect(bySlots([995, 996, 997, 998, 999], slotOf, 7, slotCount)).toEqual([997, 998, 999, 995, 996])
})

test('places that pass by, near or far, up or down, all take the elements of the one before', () => {
  let moved = 0
  let before = 0
  for (const from of [0, 412, 999_980, 999_950, 7, 30, 0]) {
    moved += movedBy(before, from, slotCount)
    before = from
    expect(rowsFrom(from).map((row) => (row + moved) % slotCount)).toEqual(slotsOf(rowsFrom(0)))
  }
})
