import type { Column, Sort } from '../../../shared/models/listing.ts'
import type { Interner } from '../columns/interner.ts'
import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isFolder, isShown, type Snapshot } from '../index/snapshot.ts'
import { compareNames } from './compare-names.ts'
import type { NameOrder } from './name-order.ts'
import { sortByNumber } from './radix-sort.ts'

/** The shown nodes in the order of a sort: folders before files, and by name where the column is the same. */
export function createColumnOrder(catalogue: Catalogue, snapshot: Snapshot, names: NameOrder, sort: Sort): Int32Array {
  const { folders, files } = shownInNameOrder(catalogue, snapshot, names)
  const order = new Int32Array(folders.length + files.length)
  // A folder has no time, creator or type of its own: it stands by its name, and so does the direction.
  const ofFolders = sort.column === 'name' || sort.column === 'size' ? sort.column : null
  order.set(ofFolders ? sorted(folders, keyOf(catalogue, snapshot, names, ofFolders), sort) : folders)
  order.set(sorted(files, keyOf(catalogue, snapshot, names, sort.column), sort), folders.length)
  return order
}

function shownInNameOrder(
  catalogue: Catalogue,
  snapshot: Snapshot,
  names: NameOrder,
): { readonly folders: Int32Array; readonly files: Int32Array } {
  const folders = new Int32Array(names.order.length)
  const files = new Int32Array(names.order.length)
  let folderCount = 0
  let fileCount = 0
  for (const node of names.order) {
    if (!isShown(snapshot, catalogue, node)) continue
    if (isFolder(catalogue, node)) {
      folders[folderCount] = node
      folderCount += 1
    } else {
      files[fileCount] = node
      fileCount += 1
    }
  }
  return { folders: folders.subarray(0, folderCount), files: files.subarray(0, fileCount) }
}

type Key = (node: number) => number

function sorted(inNameOrder: Int32Array, key: Key, { column, direction }: Sort): Int32Array {
  const order = column === 'name' ? inNameOrder : sortByNumber(inNameOrder, key)
  return direction === 'ascending' ? order : groupsReversed(order, key)
}

/** Turns the order round, but not that of what has the same key. */
function groupsReversed(order: Int32Array, key: Key): Int32Array {
  const reversed = new Int32Array(order.length)
  let to = order.length
  for (let from = 0; from < order.length; ) {
    let end = from + 1
    const first = key(order[from] ?? 0)
    while (end < order.length && key(order[end] ?? 0) === first) end += 1
    to -= end - from
    for (let place = to; from < end; place += 1) {
      reversed[place] = order[from] ?? 0
      from += 1
    }
  }
  return reversed
}

function keyOf(catalogue: Catalogue, snapshot: Snapshot, names: NameOrder, column: Column): Key {
  const { files, fileOf } = snapshot
  const fileAt = (node: number) => fileOf[node] ?? none
  switch (column) {
    case 'name':
      return (node) => names.rank[node] ?? 0
    case 'size':
      return (node) => (fileAt(node) === none ? (snapshot.size[node] ?? 0) : (files.size[fileAt(node)] ?? -1))
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
