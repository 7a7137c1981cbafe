import type { Filter, Sort } from '../../../shared/models/listing.ts'
import type { Matches } from '../filter/filter-files.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isFolder, type Snapshot } from '../index/snapshot.ts'
import { createColumnSort } from '../order/column-order.ts'
import { sortByName } from '../order/name-order.ts'
import type { Ordered } from '../order/orders.ts'
import { isOpen, type OpenFolders } from './open-folders.ts'
import { createRowRoom, flatRows, type RowRoom, rowNumbers, treeRows, type VisibleRows } from './visible-rows.ts'

/** The rows on show, laid out when they are first asked for after a change. */
export type RowLayout = {
  readonly rows: () => VisibleRows
  /** By node: its row, or `none`. */
  readonly rowOf: () => Int32Array
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
  let laidOut: VisibleRows | null = null
  let numbered: Int32Array | null = null
  let room = createRowRoom(0)

  function rows(): VisibleRows {
    laidOut ??= layOut(catalogue, folders, source(), roomFor)
    return laidOut
  }
  function roomFor(count: number): RowRoom {
    if (room.node.length < count) room = createRowRoom(Math.ceil(count * 1.1))
    return room
  }
  return {
    rows,
    rowOf() {
      numbered ??= rowNumbers(rows(), catalogue.nodes.count)
      return numbered
    },
    forget() {
      laidOut = null
      numbered = null
    },
  }
}

function layOut(
  catalogue: Catalogue,
  folders: OpenFolders,
  { ordered, snapshot, sort, matches, filter }: LayoutSource,
  roomFor: (count: number) => RowRoom,
): VisibleRows {
  if (matches && filter.flat) return flatRows(ordered.all().filter((node) => matches.mask[node] === 1))
  const isOpenNow = (node: number) => isOpen(folders, node, matches !== null)
  const inOrder = matches && sort.column === 'size' ? byMatchingSize(catalogue, snapshot, sort, matches) : null
  return treeRows(ordered, isOpenNow, matches?.shownCount ?? null, roomFor(catalogue.nodes.count), inOrder)
}

/** Under a filter a folder is as large as what matches in it, and stands by that; its files stand as they did. */
function byMatchingSize(
  catalogue: Catalogue,
  snapshot: Snapshot,
  sort: Sort,
  { shownCount, sizes }: Matches,
): (children: Int32Array) => Int32Array {
  const inOrder = createColumnSort(catalogue, { ...snapshot, size: sizes }, sort)
  return (children) => {
    const firstFile = children.findIndex((node) => !isFolder(catalogue, node))
    const folders = children
      .subarray(0, firstFile === -1 ? children.length : firstFile)
      .filter((node) => (shownCount[node] ?? 0) > 0)
    if (folders.length < 2) return children
    const mended = new Int32Array(folders.length + (firstFile === -1 ? 0 : children.length - firstFile))
    mended.set(inOrder(sortByName(catalogue.nodes, folders)))
    if (firstFile !== -1) mended.set(children.subarray(firstFile), folders.length)
    return mended
  }
}
