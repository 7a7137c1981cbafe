import { grown } from './grown-array.ts'
import { type NodeTable, nameOf } from './node-table.ts'
import { appendText, createTextBytes } from './text-bytes.ts'

/** All nodes in the order of their names, and each node's place in it; the same name has the same place. */
export type NameOrder = { readonly order: Int32Array; readonly rank: Int32Array }

/** Longer runs of digits than this are compared digit by digit. */
const longestNumber = 200
const marks = /\p{M}/gu

/**
 * Sorts all nodes by name, as people read them: numbers by their value, letters without regard to case or accents; what
 * is then still the same by its bytes, and by node number at last.
 *
 * Each name is turned into a key whose plain byte order is that order, and the keys are sorted by three-way radix
 * quicksort: several times faster than a collator's comparisons, and no slower on names that begin alike.
 */
export function createNameOrder(nodes: NodeTable): NameOrder {
  const keys = createKeys(nodes)
  const order = new Int32Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) order[node] = node
  sortByKey(order, keys, (group) => sortByBytes(group, nodes))

  const rank = new Int32Array(nodes.count)
  for (let place = 1; place < order.length; place += 1) {
    const node = order[place] ?? 0
    const before = order[place - 1] ?? 0
    rank[node] = (rank[before] ?? 0) + (compareBytes(nodes, before, node) === 0 ? 0 : 1)
  }
  return { order, rank }
}

type Keys = { readonly bytes: Uint8Array; readonly starts: Uint32Array }

/** Each key ends with a zero byte, which no name holds. */
function createKeys(nodes: NodeTable): Keys {
  const starts = new Uint32Array(nodes.count)
  const folded = createTextBytes()
  let bytes = new Uint8Array(nodes.names.length + nodes.count * 2 + 64)
  let at = 0
  for (let node = 0; node < nodes.count; node += 1) {
    starts[node] = at
    let source = nodes.names.bytes
    let from = nodes.nameStart[node] ?? 0
    let to = nodes.nameStart[node + 1] ?? 0
    if (!isAscii(source, from, to)) {
      folded.length = 0
      appendText(folded, nameOf(nodes, node).normalize('NFD').replace(marks, '').toLowerCase())
      source = folded.bytes
      from = 0
      to = folded.length
    }
    bytes = grown(bytes, at + (to - from) * 3 + 1)
    at = writeKey(source, from, to, bytes, at)
  }
  return { bytes, starts }
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) > 0x7f) return false
  return true
}

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39

/** A number becomes a zero digit, to keep its place among other characters, then its length, then its digits. */
function writeKey(source: Uint8Array, from: number, to: number, target: Uint8Array, start: number): number {
  let at = start
  for (let index = from; index < to; index += 1) {
    const byte = source[index] ?? 0
    if (!isDigit(byte)) {
      target[at] = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
      at += 1
      continue
    }
    let first = index
    while (first < to && source[first] === 0x30) first += 1
    let end = first
    while (end < to && isDigit(source[end] ?? 0)) end += 1
    target[at] = 0x30
    target[at + 1] = Math.min(end - first, longestNumber) + 1
    at += 2
    for (let digit = first; digit < end; digit += 1) {
      target[at] = source[digit] ?? 0
      at += 1
    }
    index = end - 1
  }
  target[at] = 0
  return at + 1
}

/** Bentley and Sedgewick's multikey quicksort; `settle` sorts what has the same key. */
function sortByKey(order: Int32Array, { bytes, starts }: Keys, settle: (group: Int32Array) => void): void {
  const open = [0, order.length, 0]
  while (open.length > 0) {
    const depth = open.pop() ?? 0
    const high = open.pop() ?? 0
    const low = open.pop() ?? 0
    if (high - low < 2) continue
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

function sortByBytes(group: Int32Array, nodes: NodeTable): void {
  const first = group[0] ?? 0
  // One name in many folders is common, and needs no comparing.
  if (group.every((node) => compareBytes(nodes, first, node) === 0)) group.sort()
  else group.sort((a, b) => compareBytes(nodes, a, b) || a - b)
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
