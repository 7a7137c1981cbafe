import type { NameKeys } from './name-keys.ts'

/** A sort under way: goes on for about so many comparisons with keys, and tells whether it is done. */
export type KeySort = (comparisons: number) => boolean

/**
 * Sorts places by their keys (Bentley and Sedgewick's multikey quicksort); `settle` sorts what has the same key. The sort
 * is done a part at a time, for a thread that has to answer meanwhile.
 */
export function startKeySort(order: Int32Array, keys: NameKeys, settle: (group: Int32Array) => void): KeySort {
  const open = [0, order.length, 0]
  return (comparisons) => sortOn(open, comparisons, order, keys, settle)
}

function sortOn(
  open: number[],
  comparisons: number,
  order: Int32Array,
  { bytes, starts }: NameKeys,
  settle: (group: Int32Array) => void,
): boolean {
  for (let left = comparisons; open.length > 0; ) {
    if (left <= 0) return false
    const depth = open.pop() ?? 0
    const high = open.pop() ?? 0
    const low = open.pop() ?? 0
    if (high - low < 2) continue
    left -= high - low
    if (high - low <= 12) {
      insertionSort(order, low, high, depth, bytes, starts)
      settleEqual(order, low, high, depth, bytes, starts, settle)
      continue
    }
    const pivot = middleOf(
      bytes[(starts[order[low] ?? 0] ?? 0) + depth] ?? 0,
      bytes[(starts[order[(low + high) >>> 1] ?? 0] ?? 0) + depth] ?? 0,
      bytes[(starts[order[high - 1] ?? 0] ?? 0) + depth] ?? 0,
    )
    let below = low
    let above = high
    for (let at = low; at < above; ) {
      const node = order[at] ?? 0
      const byte = bytes[(starts[node] ?? 0) + depth] ?? 0
      if (byte < pivot) {
        order[at] = order[below] ?? 0
        order[below] = node
        below += 1
        at += 1
      } else if (byte > pivot) {
        above -= 1
        order[at] = order[above] ?? 0
        order[above] = node
      } else at += 1
    }
    open.push(low, below, depth, above, high, depth)
    if (pivot === 0) settle(order.subarray(below, above))
    else open.push(below, above, depth + 1)
  }
  return true
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

function compareKeys(a: number, b: number, depth: number, bytes: Uint8Array, starts: Uint32Array): number {
  let left = (starts[a] ?? 0) + depth
  let right = (starts[b] ?? 0) + depth
  for (;;) {
    const one = bytes[left] ?? 0
    const other = bytes[right] ?? 0
    if (one !== other) return one - other
    if (one === 0) return 0
    left += 1
    right += 1
  }
}

function insertionSort(
  order: Int32Array,
  low: number,
  high: number,
  depth: number,
  bytes: Uint8Array,
  starts: Uint32Array,
): void {
  for (let at = low + 1; at < high; at += 1) {
    const node = order[at] ?? 0
    let place = at
    while (place > low && compareKeys(order[place - 1] ?? 0, node, depth, bytes, starts) > 0) {
      order[place] = order[place - 1] ?? 0
      place -= 1
    }
    order[place] = node
  }
}

function settleEqual(
  order: Int32Array,
  low: number,
  high: number,
  depth: number,
  bytes: Uint8Array,
  starts: Uint32Array,
  settle: (group: Int32Array) => void,
): void {
  let first = low
  for (let at = low + 1; at <= high; at += 1) {
    if (at < high && compareKeys(order[first] ?? 0, order[at] ?? 0, depth, bytes, starts) === 0) continue
    if (at - first > 1) settle(order.subarray(first, at))
    first = at
  }
}
