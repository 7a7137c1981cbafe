import { none } from '../columns/node-table.ts'
import type { Ordered } from '../order/orders.ts'

/** The rows on show, by row number. */
export type VisibleRows = {
  readonly count: number
  readonly node: Int32Array
  /** The row of the folder that a row is in, or -1. */
  readonly parentRow: Int32Array
  /** From 1, among the siblings on show. */
  readonly position: Int32Array
  /** How many rows are directly below an open folder's row. */
  readonly childCount: Int32Array
  readonly topCount: number
}

/** Room for the rows of any tree of so many nodes, which may be used again once its last rows are out of date. */
export type RowRoom = Pick<VisibleRows, 'node' | 'parentRow' | 'position' | 'childCount'>

export function createRowRoom(rows: number): RowRoom {
  // The system only gives memory to what is written.
  const array = () => new Int32Array(rows)
  return { node: array(), parentRow: array(), position: array(), childCount: array() }
}

/**
 * Lays out the tree: what is below the open folders, in order. `shown` has 0 for the nodes that the filter does not let
 * through, and is null without one; `room` holds as many rows as there are nodes. `inOrder` orders a folder's children
 * otherwise than the shares.
 */
export function treeRows(
  { shares, settle }: Ordered,
  isOpen: (node: number) => boolean,
  shown: Int32Array | null,
  { node, parentRow, position, childCount }: RowRoom,
  inOrder: ((children: Int32Array) => Int32Array) | null = null,
): VisibleRows {
  const { directories, starts, nodes } = shares
  let count = 0
  let topCount = 0

  function put(each: number, parent: number): number {
    node[count] = each
    parentRow[count] = parent
    childCount[count] = 0
    if (parent === none) topCount += 1
    else childCount[parent] = (childCount[parent] ?? 0) + 1
    position[count] = parent === none ? topCount : (childCount[parent] ?? 0)
    count += 1
    return count - 1
  }

  // A stack of its own: a path may be deeper than calls may nest.
  const rows: number[] = []
  const children: Int32Array[] = []
  const nexts: number[] = []
  function enter(folder: number, row: number): void {
    const [from, to] = [starts[folder] ?? 0, starts[folder + 1] ?? 0]
    if (from === to || !isOpen(folder)) return
    settle(folder)
    const own = nodes.subarray(from, to)
    rows.push(row)
    children.push(inOrder ? inOrder(own) : own)
    nexts.push(0)
  }
  for (const directory of directories) {
    if (shown?.[directory] === 0) continue
    enter(directory, put(directory, none))
    while (rows.length > 0) {
      const top = rows.length - 1
      const at = nexts[top] ?? 0
      const child = children[top]?.[at]
      if (child === undefined) {
        rows.pop()
        children.pop()
        nexts.pop()
        continue
      }
      nexts[top] = at + 1
      if (shown?.[child] !== 0) enter(child, put(child, rows[top] ?? none))
    }
  }
  return { count, node, parentRow, position, childCount, topCount }
}

/** Lays out files alone, in the order given. */
export function flatRows(files: Int32Array): VisibleRows {
  const position = new Int32Array(files.length)
  for (let row = 0; row < files.length; row += 1) position[row] = row + 1
  return {
    count: files.length,
    node: files,
    parentRow: new Int32Array(files.length).fill(none),
    position,
    childCount: new Int32Array(0),
    topCount: files.length,
  }
}

/** Each node's row, or `none`. */
export function rowNumbers(rows: VisibleRows, nodeCount: number): Int32Array {
  const numbers = new Int32Array(nodeCount).fill(none)
  for (let row = 0; row < rows.count; row += 1) numbers[rows.node[row] ?? 0] = row
  return numbers
}
