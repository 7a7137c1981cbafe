import { useRef } from 'react'
import type { VirtualRows } from '../../ui/use-virtual-rows.ts'

/**
 * Which element each of the drawn rows takes, and in which order they are drawn among their siblings.
 *
 * A row that comes takes the element of one that went, but the row that gets the focus never takes that of the one that
 * had it: a screen reader would not hear of it.
 */
export function useSlots({ slotCount, isMoving, isPassing }: VirtualRows, focusRow: number, firstRow: number) {
  const before = useRef(focusRow)
  const firstBefore = useRef(firstRow)
  const moved = useRef(0)
  const first = useRef(0)
  const slotOf = (row: number) => (row + moved.current) % slotCount
  if (isPassing) moved.current += movedBy(firstBefore.current, firstRow, slotCount)
  firstBefore.current = firstRow
  if (before.current !== focusRow && slotOf(before.current) === slotOf(focusRow)) moved.current += 1
  before.current = focusRow

  return {
    slotOf,
    /** Takes rows in their order. */
    inDrawingOrder(drawn: readonly number[]): readonly number[] {
      if (!isMoving) {
        first.current = slotOf(drawn[0] ?? 0)
        return drawn
      }
      return bySlots(drawn, slotOf, first.current, slotCount)
    },
  }
}

/**
 * Rows in the order of their elements, from that of the first slot on. To move elements among their siblings is half of
 * what a page down costs the browser, so that while the list moves they stay where they are; at rest they follow the
 * rows, as somebody may read by siblings.
 */
export function bySlots(
  drawn: readonly number[],
  slotOf: (row: number) => number,
  first: number,
  slotCount: number,
): readonly number[] {
  const placeOf = (row: number) => (slotOf(row) - first + slotCount) % slotCount
  return [...drawn].sort((one, other) => placeOf(one) - placeOf(other))
}

/**
 * What to add to the number of every row so that the row that is first now gets the slot that the first row had before;
 * the second then gets the second's, and so on.
 *
 * While places pass by, fewer rows are drawn than there are slots, and no row is there twice in succession. By their bare
 * numbers they would get other slots at each place, and so elements that have yet to be made. Never below 0, for which `%`
 * would answer a slot below 0.
 */
export function movedBy(firstBefore: number, first: number, slotCount: number): number {
  return ((firstBefore - first) % slotCount) + slotCount
}
