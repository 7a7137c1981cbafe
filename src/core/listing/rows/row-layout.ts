import type { Filter } from '../../../shared/models/listing.ts'
import type { Matches } from '../filter/filter-files.ts'
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
  readonly matches: Matches | null
  readonly filter: Filter
  readonly nodeCount: number
}

export function createRowLayout(folders: OpenFolders, source: () => LayoutSource): RowLayout {
  let laidOut: VisibleRows | null = null
  let numbered: Int32Array | null = null
  let room = createRowRoom(0)

  function rows(): VisibleRows {
    laidOut ??= layOut(folders, source(), roomFor)
    return laidOut
  }
  function roomFor(count: number): RowRoom {
    if (room.node.length < count) room = createRowRoom(Math.ceil(count * 1.1))
    return room
  }
  return {
    rows,
    rowOf() {
      numbered ??= rowNumbers(rows(), source().nodeCount)
      return numbered
    },
    forget() {
      laidOut = null
      numbered = null
    },
  }
}

function layOut(
  folders: OpenFolders,
  { ordered, matches, filter, nodeCount }: LayoutSource,
  roomFor: (count: number) => RowRoom,
): VisibleRows {
  if (matches && filter.flat) return flatRows(ordered.all().filter((node) => matches.mask[node] === 1))
  const isOpenNow = (node: number) => isOpen(folders, node, matches !== null)
  return treeRows(ordered, isOpenNow, matches?.shownCount ?? null, roomFor(nodeCount))
}
