import { fileKind, type NodeTable } from '../columns/node-table.ts'

/** What is on show right below one folder, and how many rows that takes. */
export type FolderLevel = {
  /** In order, folders first. */
  readonly nodes: Int32Array
  /** By folder: the rows of it, of what is below it, and of all before it. A file takes one row. */
  readonly ends: Int32Array
}

/** `below` has, by folder number, the rows below a folder. */
export function createFolderLevel(
  { kind, folderNumber }: NodeTable,
  nodes: Int32Array,
  below: Int32Array,
): FolderLevel {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (kind[nodes[middle] ?? 0] === fileKind) high = middle
    else low = middle + 1
  }
  const ends = new Int32Array(low)
  let end = 0
  for (let at = 0; at < low; at += 1) {
    end += 1 + (below[folderNumber[nodes[at] ?? 0] ?? 0] ?? 0)
    ends[at] = end
  }
  return { nodes, ends }
}

/** The rows that come before a child's own. */
export function rowsBefore({ ends }: FolderLevel, at: number): number {
  if (at <= ends.length) return ends[at - 1] ?? 0
  return (ends.at(-1) ?? 0) + at - ends.length
}

/** The child that a row is of, or is below. */
export function childAtRow({ ends }: FolderLevel, row: number): number {
  const folderRows = ends.at(-1) ?? 0
  if (row >= folderRows) return ends.length + row - folderRows
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] ?? 0) > row) high = middle
    else low = middle + 1
  }
  return low
}

export function rowsOf(level: FolderLevel): number {
  return rowsBefore(level, level.nodes.length)
}
