import { freeArrays } from '../columns/free-arrays.ts'
import { type NodeTable, nameOf } from '../columns/node-table.ts'
import { compareNames } from './compare-names.ts'
import { startKeySort } from './key-sort.ts'
import { addNameKeys, createNameKeys } from './name-keys.ts'

/** Merging one name into the others costs as much as sorting so many anew. */
const mergeCost = 50
/** Names to make keys of, and comparisons of keys, in one step of some milliseconds. */
const keysAStep = 1 << 14
const comparisonsAStep = 1 << 17

/**
 * Sorts all nodes by name, as people read them: numbers by their value, letters without regard to case or accents; what
 * is then still the same by its bytes, and by node number at last. Where few are not `known` yet, they are merged into
 * those that are.
 *
 * Each name is turned into a key whose plain byte order is that order, and the keys are sorted by three-way radix
 * quicksort: several times faster than a collator's comparisons, and no slower on names that begin alike. In steps of some
 * milliseconds, of the nodes that there are when it starts.
 */
export function* nameOrderSteps(nodes: NodeTable, known: Int32Array | null): Generator<undefined, Int32Array> {
  const before = known && (nodes.count - known.length) * mergeCost < nodes.count ? known : null
  const first = before?.length ?? 0
  const added = yield* sortSteps(
    nodes,
    Int32Array.from({ length: nodes.count - first }, (_, index) => first + index),
  )
  return before ? merged(before, added, nodes) : added
}

/** Sorts some nodes, given in the order of their numbers, in the same way. */
export function sortByName(nodes: NodeTable, list: Int32Array): Int32Array {
  return lastOf(sortSteps(nodes, list))
}

export function lastOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Whether two nodes have exactly the same name. */
export function sameName(nodes: NodeTable, a: number, b: number): boolean {
  return compareBytes(nodes, a, b) === 0
}

function* sortSteps(nodes: NodeTable, list: Int32Array): Generator<undefined, Int32Array> {
  const keys = createNameKeys(list.length, list.length * 32 + 64)
  for (let from = 0; from < list.length; from += keysAStep) {
    addNameKeys(keys, nodes, list, from, Math.min(list.length, from + keysAStep))
    yield
  }
  const order = list.map((_, place) => place)
  const sort = startKeySort(order, keys, (group) => sortByBytes(group, nodes, list))
  while (!sort(comparisonsAStep)) yield
  const sorted = order.map((place) => list[place] ?? 0)
  freeArrays(keys.bytes, keys.starts, order)
  return sorted
}

/** Puts two sorted runs together; where names are the same the older node stands first, as its number is smaller. */
function merged(older: Int32Array, newer: Int32Array, nodes: NodeTable): Int32Array {
  const all = new Int32Array(older.length + newer.length)
  let from = 0
  let to = 0
  for (const node of newer) {
    // New names are mostly few: leaps find the next place among the old in few comparisons.
    const end = firstAfter(older, from, node, nodes)
    all.set(older.subarray(from, end), to)
    to += end - from
    from = end
    all[to] = node
    to += 1
  }
  all.set(older.subarray(from), to)
  return all
}

/** The first place from `from` on whose node belongs after `node`: by doubled leaps, then by halves. */
function firstAfter(order: Int32Array, from: number, node: number, nodes: NodeTable): number {
  const isAfter = (place: number) => compareNodes(nodes, order[place] ?? 0, node) > 0
  let leap = 1
  let low = from
  while (low + leap <= order.length && !isAfter(low + leap - 1)) {
    low += leap
    leap *= 2
  }
  let high = Math.min(order.length, low + leap - 1)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isAfter(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function compareNodes(nodes: NodeTable, a: number, b: number): number {
  return compareNames(nameOf(nodes, a), nameOf(nodes, b))
}

/** Sorts places of a list whose names have the same key. */
function sortByBytes(group: Int32Array, nodes: NodeTable, list: Int32Array): void {
  const compare = (a: number, b: number) => compareBytes(nodes, list[a] ?? 0, list[b] ?? 0)
  const first = group[0] ?? 0
  // One name in many folders is common, and needs no comparing.
  if (group.every((place) => compare(first, place) === 0)) group.sort()
  else group.sort((a, b) => compare(a, b) || a - b)
}

function compareBytes({ nameStart, names: { bytes } }: NodeTable, a: number, b: number): number {
  const startA = nameStart[a] ?? 0
  const startB = nameStart[b] ?? 0
  const lengthA = (nameStart[a + 1] ?? 0) - startA
  const lengthB = (nameStart[b + 1] ?? 0) - startB
  for (let offset = 0; offset < Math.min(lengthA, lengthB); offset += 1) {
    const difference = (bytes[startA + offset] ?? 0) - (bytes[startB + offset] ?? 0)
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}
