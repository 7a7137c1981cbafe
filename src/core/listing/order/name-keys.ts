import { grown } from '../columns/grown-array.ts'
import { type NodeTable, nameOf } from '../columns/node-table.ts'
import { appendText, createTextBytes } from '../columns/text-bytes.ts'
import { foldText } from '../filter/fold-text.ts'

/** Longer runs of digits than this are compared digit by digit. */
const longestNumber = 200

/** Bytes for each node to sort by, and where they start. */
export type NameKeys = { readonly bytes: Uint8Array; readonly starts: Uint32Array }

/**
 * Makes the keys of the nodes from `first` on; their byte order is the order of the names. Each ends with a zero byte,
 * which no name holds.
 */
export function createNameKeys(nodes: NodeTable, first: number): NameKeys {
  const starts = new Uint32Array(nodes.count)
  const folded = createTextBytes()
  const length = nodes.names.length - (nodes.nameStart[first] ?? 0)
  let bytes = new Uint8Array(length + (nodes.count - first) * 3 + 1024)
  let at = 0
  for (let node = first; node < nodes.count; node += 1) {
    starts[node] = at
    let source = nodes.names.bytes
    let from = nodes.nameStart[node] ?? 0
    let to = nodes.nameStart[node + 1] ?? 0
    if (!isAscii(source, from, to)) {
      folded.length = 0
      appendText(folded, foldText(nameOf(nodes, node)))
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
