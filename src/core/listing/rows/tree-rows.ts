import { fileKind, type NodeTable, none } from '../columns/node-table.ts'
import { shareOf } from '../order/children.ts'
import type { Ordered } from '../order/orders.ts'
import type { FolderTotals } from '../summary/folder-totals.ts'
import { childAtRow, createFolderLevel, type FolderLevel, rowsBefore, rowsOf } from './folder-level.ts'
import type { PlacedRow, VisibleRows } from './visible-rows.ts'

/** What a tree's rows are found from. */
export type Tree = {
  readonly nodes: NodeTable
  readonly ordered: Pick<Ordered, 'shares' | 'settle'>
  /** Of what is on show. */
  readonly totals: FolderTotals
  readonly nodeCount: number
  readonly isShown: (node: number) => boolean
  /** Whether that is because of a filter: the directories are on show without one. */
  readonly isFiltered: boolean
  /** By node: `open` for the folders that are open. */
  readonly states: Uint8Array
  readonly open: number
  /** Orders a folder's children otherwise than the shares. */
  readonly inOrder: ((children: Int32Array) => Int32Array) | null
  /** Room for a number a folder, which is this tree's from now on. */
  readonly room: Int32Array
}

/** Levels with more children are kept, as a window into one must not cost what all of it does. */
const manyChildren = 1_024

/** A level that is gone through, the child that comes next, and the row of the folder that it is of. */
type Step = { readonly level: FolderLevel; next: number; readonly parentRow: number }

/**
 * Lays out the tree: what is below the open folders, in order.
 *
 * How many rows are below each folder does not depend on their order, and is added up in one pass. Where a row is, is then
 * found from the top down, and only the folders on the way are put in order.
 */
export function treeRows(tree: Tree): VisibleRows {
  const { nodes, ordered, isShown, nodeCount, isFiltered, states, open, inOrder } = tree
  const { parent, kind, folderNumber } = nodes
  const { directories } = ordered.shares
  const below = countRows(tree)
  const belowOf = (node: number) => (kind[node] === fileKind ? 0 : (below[folderNumber[node] ?? none] ?? 0))
  const listed = Int32Array.from(isFiltered ? directories.filter(isShown) : directories)
  const top = createFolderLevel(nodes, listed, below)
  const count = rowsOf(top)
  const kept = new Map<number, FolderLevel>()

  function levelOf(folder: number): FolderLevel {
    const known = kept.get(folder)
    if (known) return known
    ordered.settle(folder)
    const own = shareOf(ordered.shares, nodes, folder)
    const children = inOrder ? inOrder(own) : own
    const level = createFolderLevel(nodes, isFiltered ? children.filter(isShown) : children, below)
    if (own.length > manyChildren) kept.set(folder, level)
    return level
  }
  /** The levels down to the one that a row is in. A stack of its own: a path may be deeper than calls may nest. */
  function stepsTo(row: number): Step[] {
    const steps: Step[] = []
    if (row >= count) return steps
    let level = top
    let first = 0
    let parentRow = none
    for (;;) {
      const at = childAtRow(level, row - first)
      const start = first + rowsBefore(level, at)
      if (start === row) {
        steps.push({ level, next: at, parentRow })
        return steps
      }
      steps.push({ level, next: at + 1, parentRow })
      level = levelOf(level.nodes[at] ?? none)
      first = start + 1
      parentRow = start
    }
  }
  /** Goes through the rows from `from` on; `into` says whether to go on into an open folder, and whether to go on at all. */
  function walk(from: number, into: (row: number, node: number, step: Step) => 'into' | 'past' | 'stop'): void {
    const steps = stepsTo(from)
    let row = from
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const node = step.level.nodes[step.next]
      if (node === undefined) {
        steps.pop()
        continue
      }
      step.next += 1
      const goesOn = into(row, node, step)
      if (goesOn === 'stop') return
      const inside = belowOf(node)
      if (inside > 0 && goesOn === 'into') steps.push({ level: levelOf(node), next: 0, parentRow: row })
      row += goesOn === 'into' ? 1 : 1 + inside
    }
  }
  /** Marks folders that hold something marked on show. */
  function holders(marked: Uint8Array): Uint8Array {
    const holds = new Uint8Array(nodeCount)
    for (let node = nodeCount - 1; node >= 0; node -= 1) {
      const folder = parent[node] ?? none
      if (folder === none || (marked[node] !== 1 && holds[node] !== 1)) continue
      if (states[folder] === open && isShown(node)) holds[folder] = 1
    }
    return holds
  }

  return {
    count,
    window(from, to) {
      const rows: PlacedRow[] = []
      walk(from, (row, node, { level, next, parentRow }) => {
        if (row >= to) return 'stop'
        rows.push({ node, parentRow, position: next, setSize: level.nodes.length })
        return 'into'
      })
      return rows
    },
    rowOf(node) {
      const path: number[] = []
      for (let each = node; each !== none; each = parent[each] ?? none) path.push(each)
      if (path.slice(1).some((folder) => states[folder] !== open)) return none
      let row = none
      for (let depth = path.length - 1; depth >= 0; depth -= 1) {
        const level = row === none ? top : levelOf(path[depth + 1] ?? none)
        const at = level.nodes.indexOf(path[depth] ?? none)
        if (at < 0) return none
        row += 1 + rowsBefore(level, at)
      }
      return row
    },
    visit(from, to, each) {
      /** By node: 1 for a folder all of whose rows are visited, whatever their order. */
      const whole = new Uint8Array(nodeCount)
      walk(from, (row, node) => {
        if (row >= to) return 'stop'
        const inside = belowOf(node)
        if (inside > 0 && row + inside < to) {
          whole[node] = 1
          return 'past'
        }
        each(node)
        return 'into'
      })
      // Most nodes are in the folder of the one before.
      let folder = none
      let isVisited = false
      for (let node = 0; node < nodeCount; node += 1) {
        const above = parent[node] ?? none
        if (above !== folder) {
          folder = above
          isVisited = above !== none && whole[above] === 1 && states[above] === open
        }
        if (isVisited && isShown(node)) whole[node] = 1
        if (whole[node] === 1) each(node)
      }
    },
    find(from, marked) {
      if (count === 0) return none
      const holds = holders(marked)
      const search = (start: number) => {
        let found = none
        walk(start, (row, node) => {
          if (marked[node] !== 1) return holds[node] === 1 ? 'into' : 'past'
          found = row
          return 'stop'
        })
        return found
      }
      const further = search(from)
      return further === none && from > 0 ? search(0) : further
    },
  }
}

/** By folder number: the rows below a folder. Parents have smaller numbers, so that one pass adds them up. */
function countRows({ nodes, ordered, totals: { own, shown }, states, open, room }: Tree): Int32Array {
  const { parent, folders, folderNumber } = nodes
  const below = room.subarray(0, ordered.shares.starts.length - 1).fill(0)
  for (let number = below.length - 1; number >= 0; number -= 1) {
    const folder = folders[number] ?? none
    below[number] = states[folder] === open ? (below[number] ?? 0) + (own[number] ?? 0) : 0
    const above = folderNumber[parent[folder] ?? none]
    if (above !== undefined && (shown[number] ?? 0) > 0) below[above] = (below[above] ?? 0) + 1 + (below[number] ?? 0)
  }
  return below
}
