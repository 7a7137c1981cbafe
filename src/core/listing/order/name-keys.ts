import { grown } from '../columns/grown-array.ts'
import { type NodeTable, nameOf } from '../columns/node-table.ts'
import { appendText, createTextBytes } from '../columns/text-bytes.ts'
import { foldText } from '../filter/fold-text.ts'

/** Longer runs of digits than this are compared digit by digit. */
const longestNumber = 200

/** Bytes to sort names by, and where each place's start; the byte order of keys is the order of the names. */
export type NameKeys = {
  bytes: Uint8Array
  length: number
  readonly starts: Uint32Array
}

/** Keys for so many names, none of which is made yet. `room` is a guess at their bytes. */
export function createNameKeys(count: number, room: number): NameKeys {
  return { bytes: new Uint8Array(room), length: 0, starts: new Uint32Array(count) }
}

/** Makes the keys of the places from `from` up to `to` in a list of nodes. Each ends with a zero byte, which no name holds. */
export function addNameKeys(keys: NameKeys, nodes: NodeTable, list: Int32Array, from: number, to: number): void {
  const folded = createTextBytes()
  for (let place = from; place < to; place += 1) {
    const node = list[place] ?? 0
    keys.starts[place] = keys.length
    let source = nodes.names.bytes
    let start = nodes.nameStart[node] ?? 0
    let end = nodes.nameStart[node + 1] ?? 0
    if (!isAscii(source, start, end)) {
      folded.length = 0
      appendText(folded, foldText(nameOf(nodes, node)))
      source = folded.bytes
      start = 0
      end = folded.length
    }
    keys.bytes = grown(keys.bytes, keys.length + (end - start) * 3 + 1)
    keys.length = writeKey(source, start, end, keys.bytes, keys.length)
  }
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
