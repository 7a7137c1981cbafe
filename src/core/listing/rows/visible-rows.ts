import { none } from '../columns/node-table.ts'

/** The rows on show. A million of them are counted, and only those that are asked for are put in order. */
export type VisibleRows = {
  readonly count: number
  /** The rows from `from` up to `to`, in order. */
  readonly window: (from: number, to: number) => readonly PlacedRow[]
  /** The row of a node, or `none`. */
  readonly rowOf: (node: number) => number
  /** Visits the nodes of the rows from `from` up to `to`, in whatever order. */
  readonly visit: (from: number, to: number, each: (node: number) => void) => void
  /** The first row from `from` on, and then from the top, whose node is marked; `none` if there is none. */
  readonly find: (from: number, marked: Uint8Array) => number
}

export type PlacedRow = {
  readonly node: number
  /** The row of the folder that it is in, or `none`. */
  readonly parentRow: number
  /** From 1, among its siblings on show. */
  readonly position: number
  /** How many these are, itself among them. */
  readonly setSize: number
}

/** Lays out files alone, in the order given. */
export function flatRows(files: Int32Array): VisibleRows {
  return {
    count: files.length,
    window: (from, to) =>
      Array.from(files.subarray(from, to), (node, at) => ({
        node,
        parentRow: none,
        position: from + at + 1,
        setSize: files.length,
      })),
    rowOf: (node) => files.indexOf(node),
    visit(from, to, each) {
      for (const node of files.subarray(from, to)) each(node)
    },
    find(from, marked) {
      const isMarked = (node: number) => marked[node] === 1
      const further = files.subarray(from).findIndex(isMarked)
      return further < 0 ? files.findIndex(isMarked) : from + further
    },
  }
}
