import type { Filter, Sort } from '../../../shared/models/listing.ts'
import { grown } from '../columns/grown-array.ts'
import { isLetThrough, type Matches } from '../filter/filter-files.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isFolder, isShown, type Snapshot } from '../index/snapshot.ts'
import { createColumnSort } from '../order/column-order.ts'
import { sortByName } from '../order/name-order.ts'
import type { Ordered } from '../order/orders.ts'
import { type OpenFolders, openStates } from './open-folders.ts'
import { treeRows } from './tree-rows.ts'
import { flatRows, type VisibleRows } from './visible-rows.ts'

/** The rows on show, laid out when they are first asked for after a change. */
export type RowLayout = {
  readonly rows: () => VisibleRows
  /** Says that they are out of date. */
  readonly forget: () => void
}

/** What rows are laid out from. */
export type LayoutSource = {
  readonly ordered: Ordered
  readonly snapshot: Snapshot
  readonly sort: Sort
  readonly matches: Matches | null
  readonly filter: Filter
}

export function createRowLayout(catalogue: Catalogue, folders: OpenFolders, source: () => LayoutSource): RowLayout {
  const { nodes } = catalogue
  let laidOut: VisibleRows | null = null
  // Used again, as the rows before are out of date whenever there are others.
  let room = new Int32Array(64)

  function layOut({ ordered, snapshot, sort, matches, filter }: LayoutSource): VisibleRows {
    if (matches && filter.flat) return flatRows(matchesInOrder(ordered.all(), matches))
    const isFiltered = matches !== null
    room = grown(room, nodes.folderCount)
    return treeRows({
      nodes,
      ordered,
      totals: (matches ?? snapshot).totals,
      nodeCount: snapshot.fileOf.length,
      isShown: (node) => isShown(snapshot, catalogue, node) && isLetThrough(matches, nodes, node),
      isFiltered,
      ...openStates(folders, isFiltered),
      inOrder: matches && sort.column === 'size' ? byMatchingSize(catalogue, snapshot, sort, matches) : null,
      room,
    })
  }
  return {
    rows() {
      laidOut ??= layOut(source())
      return laidOut
    },
    forget() {
      laidOut = null
    },
  }
}

function matchesInOrder(order: Int32Array, { mask }: Matches): Int32Array {
  const found = new Int32Array(order.length)
  let count = 0
  for (const node of order) {
    if (mask[node] !== 1) continue
    found[count] = node
    count += 1
  }
  return found.slice(0, count)
}

/** Under a filter a folder is as large as what matches in it, and stands by that; its files stand as they did. */
function byMatchingSize(
  catalogue: Catalogue,
  snapshot: Snapshot,
  sort: Sort,
  matches: Matches,
): (children: Int32Array) => Int32Array {
  const inOrder = createColumnSort(
    catalogue,
    { ...snapshot, totals: { ...snapshot.totals, bytes: matches.totals.bytes } },
    sort,
  )
  return (children) => {
    const firstFile = children.findIndex((node) => !isFolder(catalogue, node))
    const folders = children
      .subarray(0, firstFile === -1 ? children.length : firstFile)
      .filter((node) => isLetThrough(matches, catalogue.nodes, node))
    if (folders.length < 2) return children
    const mended = new Int32Array(folders.length + (firstFile === -1 ? 0 : children.length - firstFile))
    mended.set(inOrder(sortByName(catalogue.nodes, folders)))
    if (firstFile !== -1) mended.set(children.subarray(firstFile), folders.length)
    return mended
  }
}
