import type { Column, Sort } from '../../../shared/models/listing.ts'
import type { Interner } from '../columns/interner.ts'
import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isFolder, isShown, type Snapshot } from '../index/snapshot.ts'
import { compareNames } from './compare-names.ts'
import { sameName } from './name-order.ts'
import { sortByNumber } from './radix-sort.ts'

/** Puts nodes that are in the order of their names into that of a column: folders first, and still by name where it is the same. */
export type ColumnSort = (inNameOrder: Int32Array) => Int32Array

export function createColumnSort(catalogue: Catalogue, snapshot: Snapshot, sort: Sort): ColumnSort {
  const { column, direction } = sort
  const { nodes } = catalogue
  if (column === 'name') {
    const isSame: IsSame = (a, b) => sameName(nodes, a, b)
    const turned = (named: Int32Array) => (direction === 'ascending' ? named : groupsReversed(named, isSame))
    return (named) => foldersFirst(catalogue, snapshot, named, turned, turned)
  }
  const key = keyOf(catalogue, snapshot, column)
  const sorted = (named: Int32Array) => {
    const order = sortByNumber(named, key)
    return direction === 'ascending' ? order : groupsReversed(order, (a, b) => key(a) === key(b))
  }
  // A folder has no time, creator or type of its own: it stands by its name, whatever the direction.
  const ofFolders = column === 'size' ? sorted : (named: Int32Array) => named
  return (named) => foldersFirst(catalogue, snapshot, named, ofFolders, sorted)
}

/** Sorts the shown folders and files apart, and puts them together again. */
function foldersFirst(
  catalogue: Catalogue,
  snapshot: Snapshot,
  named: Int32Array,
  sortFolders: ColumnSort,
  sortFiles: ColumnSort,
): Int32Array {
  const folders = new Int32Array(named.length)
  const files = new Int32Array(named.length)
  let folderCount = 0
  let fileCount = 0
  for (const node of named) {
    if (!isShown(snapshot, catalogue, node)) continue
    if (isFolder(catalogue, node)) {
      folders[folderCount] = node
      folderCount += 1
    } else {
      files[fileCount] = node
      fileCount += 1
    }
  }
  const order = new Int32Array(folderCount + fileCount)
  order.set(sortFolders(folders.subarray(0, folderCount)))
  order.set(sortFiles(files.subarray(0, fileCount)), folderCount)
  return order
}

type Key = (node: number) => number
type IsSame = (a: number, b: number) => boolean

/** Turns the order round, but not that of what is the same. */
function groupsReversed(order: Int32Array, isSame: IsSame): Int32Array {
  const reversed = new Int32Array(order.length)
  let to = order.length
  for (let from = 0; from < order.length; ) {
    let end = from + 1
    const first = order[from] ?? 0
    while (end < order.length && isSame(first, order[end] ?? 0)) end += 1
    to -= end - from
    for (let place = to; from < end; place += 1) {
      reversed[place] = order[from] ?? 0
      from += 1
    }
  }
  return reversed
}

function keyOf(catalogue: Catalogue, snapshot: Snapshot, column: Exclude<Column, 'name'>): Key {
  const { folderNumber } = catalogue.nodes
  const { files, fileOf } = snapshot
  const { bytes } = snapshot.totals
  const fileAt = (node: number) => fileOf[node] ?? none
  switch (column) {
    case 'size':
      return (node) =>
        fileAt(node) === none ? (bytes[folderNumber[node] ?? none] ?? 0) : (files.size[fileAt(node)] ?? -1)
    case 'updatedAt':
      return (node) => {
        const time = files.updatedAt.timeAt(fileAt(node))
        return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
      }
    case 'createdBy': {
      const ranks = rankTexts(catalogue.creators)
      return (node) => ranks[files.creator[fileAt(node)] ?? 0] ?? 0
    }
    case 'mimeType': {
      const ranks = rankTexts(catalogue.mimeTypes)
      return (node) => ranks[files.mimeType[fileAt(node)] ?? 0] ?? 0
    }
  }
}

function rankTexts({ texts }: Interner): Float64Array {
  const ranks = new Float64Array(texts.length)
  const order = [...texts.keys()].sort((a, b) => compareNames(texts[a] ?? '', texts[b] ?? ''))
  for (const [rank, number] of order.entries()) ranks[number] = rank
  return ranks
}
