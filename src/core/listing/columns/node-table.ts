import { grown } from './grown-array.ts'
import { appendText, createTextBytes, readText, type TextBytes } from './text-bytes.ts'

/** The number of no node. */
export const none = -1

export const folderKind = 0
export const fileKind = 1

/**
 * Every file and folder that an open listing has ever held, each under its own number.
 *
 * A node is its parent, its kind and its name, and is never taken away: a refresh finds the same numbers again, which
 * keeps selection, open folders and focus. A parent's number is always smaller than its children's, so that one pass
 * downwards adds up folders and one pass upwards hands down what holds for all below.
 */
export type NodeTable = {
  count: number
  /** `none` for the directories. */
  parent: Int32Array
  kind: Uint8Array
  /**
   * Folders have numbers of their own, so that what is added up for each takes no room for files: by node, that of the
   * folder that it is, or that a file is in.
   */
  folderNumber: Int32Array
  /** The folders by these numbers; a parent's is smaller here too. */
  folders: Int32Array
  folderCount: number
  /** Where each name starts in `names`; the next one's start is its end. */
  nameStart: Uint32Array
  readonly names: TextBytes
  /** Nodes by the hash of parent, kind and name; numbers from 1, 0 for an empty place. */
  places: Int32Array
  /** The next file of exactly the same path, where a listing repeats one. */
  readonly repeats: Map<number, number>
}

export function createNodeTable(): NodeTable {
  return {
    count: 0,
    parent: new Int32Array(64),
    kind: new Uint8Array(64),
    folderNumber: new Int32Array(64),
    folders: new Int32Array(64),
    folderCount: 0,
    nameStart: new Uint32Array(65),
    names: createTextBytes(),
    places: new Int32Array(128),
    repeats: new Map(),
  }
}

/** Finds a node, or adds it. The name must be well-formed and without `/`. */
export function internNode(table: NodeTable, parent: number, kind: number, name: string): number {
  const place = findPlace(table, parent, kind, name)
  const found = (table.places[place] ?? 0) - 1
  if (found !== none) return found
  const node = addNode(table, parent, kind)
  table.places[place] = node + 1
  if (table.count * 1.4 > table.places.length) rehash(table, table.places.length * 2)
  return node
}

/** The node of a parent, kind and name, or `none`. */
export function findNode(table: NodeTable, parent: number, kind: number, name: string): number {
  const place = findPlace(table, parent, kind, name)
  table.names.length = table.nameStart[table.count] ?? 0
  return (table.places[place] ?? 0) - 1
}

/** A further file at the path of another: the next that is known, or a new one. */
export function repeatedNode(table: NodeTable, node: number): number {
  const known = table.repeats.get(node)
  if (known !== undefined) return known
  appendText(table.names, nameOf(table, node))
  const added = addNode(table, table.parent[node] ?? none, fileKind)
  table.repeats.set(node, added)
  return added
}

export function nameOf(table: NodeTable, node: number): string {
  return readText(table.names.bytes, table.nameStart[node] ?? 0, table.nameStart[node + 1] ?? 0)
}

/** `<directory>/<path within it>`, in parts. */
export function segmentsOf(table: NodeTable, node: number): readonly string[] {
  const segments: string[] = []
  for (let each = node; each !== none; each = table.parent[each] ?? none) segments.push(nameOf(table, each))
  return segments.reverse()
}

/** 1 for the directories. */
export function levelOf(table: NodeTable, node: number): number {
  let level = 0
  for (let each = node; each !== none; each = table.parent[each] ?? none) level += 1
  return level
}

/** Builds the hash again, for a table read from disk. */
export function rehash(table: NodeTable, length: number): void {
  table.places = new Int32Array(length)
  const repeated = new Set(table.repeats.values())
  for (let node = 0; node < table.count; node += 1) {
    if (repeated.has(node)) continue
    const start = table.nameStart[node] ?? 0
    const end = table.nameStart[node + 1] ?? 0
    let place = hash(table.names.bytes, start, end, table.parent[node] ?? none, table.kind[node] ?? 0) & (length - 1)
    while (table.places[place] !== 0) place = (place + 1) & (length - 1)
    table.places[place] = node + 1
  }
}

/** Numbers the folders again, for a table read from disk. */
export function numberFolders(table: NodeTable): void {
  table.folderCount = 0
  for (let node = 0; node < table.count; node += 1) numberFolder(table, node)
}

function numberFolder(table: NodeTable, node: number): void {
  table.folderNumber = grown(table.folderNumber, node + 1)
  if (table.kind[node] === fileKind) {
    table.folderNumber[node] = table.folderNumber[table.parent[node] ?? none] ?? none
    return
  }
  table.folderNumber[node] = table.folderCount
  table.folders = grown(table.folders, table.folderCount + 1)
  table.folders[table.folderCount] = node
  table.folderCount += 1
}

/** Takes the name that was just put at the end of `names` for a new node. */
function addNode(table: NodeTable, parent: number, kind: number): number {
  const node = table.count
  table.count += 1
  table.parent = grown(table.parent, table.count)
  table.kind = grown(table.kind, table.count)
  table.nameStart = grown(table.nameStart, table.count + 1)
  table.parent[node] = parent
  table.kind[node] = kind
  numberFolder(table, node)
  table.nameStart[table.count] = table.names.length
  return node
}

/** The place of a node in the hash, or the empty one where it would go; its name then stays at the end of `names`. */
function findPlace(table: NodeTable, parent: number, kind: number, name: string): number {
  const { names, places } = table
  const start = names.length
  appendText(names, name)
  const { bytes, length: end } = names
  const mask = places.length - 1
  let place = hash(bytes, start, end, parent, kind) & mask
  for (let node = (places[place] ?? 0) - 1; node !== none; node = (places[place] ?? 0) - 1) {
    if (table.parent[node] === parent && table.kind[node] === kind && sameBytes(table, node, bytes, start, end)) {
      names.length = start
      return place
    }
    place = (place + 1) & mask
  }
  return place
}

function sameBytes(table: NodeTable, node: number, bytes: Uint8Array, start: number, end: number): boolean {
  const other = table.nameStart[node] ?? 0
  if ((table.nameStart[node + 1] ?? 0) - other !== end - start) return false
  for (let offset = 0; offset < end - start; offset += 1)
    if (bytes[other + offset] !== bytes[start + offset]) return false
  return true
}

/** FNV-1a, stirred once more, because only its lower bits are used. */
function hash(bytes: Uint8Array, from: number, to: number, parent: number, kind: number): number {
  let value = Math.imul(0x811c9dc5 ^ parent, 0x01000193) ^ kind
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193)
  value ^= value >>> 15
  return Math.imul(value, 0x2c1b3c6d) >>> 3
}
