import type { Sort } from '../../../shared/models/listing.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import type { Snapshot } from '../index/snapshot.ts'
import { dealShares, type Shares, shareOf } from './children.ts'
import { type ColumnSort, createColumnSort } from './column-order.ts'
import { lastOf, nameOrderSteps, sortByName } from './name-order.ts'

/** One sort of a listing. */
export type Ordered = {
  /** What is in each folder; a folder's own stand in order once it has been settled. */
  readonly shares: Shares
  readonly settle: (folder: number) => void
  /** All shown nodes in order. */
  readonly all: () => Int32Array
  /** Gives its memory back; it must not be used any more. */
  readonly free: () => void
}

/** Sorts a listing, and keeps the last few sorts, so that going back to one costs nothing. */
export type Orders = {
  readonly get: (snapshot: Snapshot, sort: Sort) => Ordered
  /** Lets go of all sorts but one, for a time when memory is short. */
  readonly keepOnly: (sort: Sort) => void
  /** Sorts a bit further what all sorts start from; tells whether there is more to do. */
  readonly prepare: (snapshot: Snapshot) => boolean
}

/** Each kept sort takes some 4 bytes a file. */
const keptOrders = 4

/** A folder that holds more than this part of all nodes is put in order by the order of all names. */
const largePart = 1 / 16

export function createOrders(catalogue: Catalogue, settledAlone = largePart): Orders {
  const { nodes } = catalogue
  let names: Int32Array | null = null
  let preparing: Generator<undefined, Int32Array> | null = null
  let keptFor: Snapshot | null = null
  let shares: Shares | null = null
  const kept = new Map<string, Ordered>()

  /** Names never change, so their order only has to be made again when a listing brings nodes that it does not know. */
  function isNamed(snapshot: Snapshot): boolean {
    return names !== null && names.length >= snapshot.fileOf.length
  }
  function namesFor(snapshot: Snapshot): Int32Array {
    while (names === null || !isNamed(snapshot)) {
      names = lastOf(preparing ?? nameOrderSteps(nodes, names))
      preparing = null
    }
    return names
  }
  function createOrdered(snapshot: Snapshot, sort: Sort, dealt: Shares): Ordered {
    return orderedBy(catalogue, dealt, createColumnSort(catalogue, snapshot, sort), settledAlone, () =>
      namesFor(snapshot),
    )
  }

  function drop(key: string): void {
    kept.get(key)?.free()
    kept.delete(key)
  }
  function get(snapshot: Snapshot, sort: Sort): Ordered {
    if (keptFor !== snapshot || shares === null) {
      for (const each of kept.keys()) drop(each)
      keptFor = snapshot
      shares = dealShares(catalogue, snapshot)
    }
    const key = keyOf(sort)
    const ordered = kept.get(key) ?? createOrdered(snapshot, sort, shares)
    kept.delete(key)
    kept.set(key, ordered)
    const oldest = kept.keys().next().value
    if (kept.size > keptOrders && oldest !== undefined) drop(oldest)
    return ordered
  }

  return {
    get,
    keepOnly(sort) {
      for (const key of kept.keys()) if (key !== keyOf(sort)) drop(key)
    },
    prepare(snapshot) {
      if (isNamed(snapshot)) return false
      preparing ??= nameOrderSteps(nodes, names)
      const step = preparing.next()
      if (step.done) {
        names = step.value
        preparing = null
      }
      return true
    },
  }
}

function keyOf({ column, direction }: Sort): string {
  return `${column} ${direction}`
}

/** Sorts folder by folder as they are asked for, since nobody looks into all of them. */
function orderedBy(
  { nodes }: Catalogue,
  dealt: Shares,
  sort: ColumnSort,
  settledAlone: number,
  allNames: () => Int32Array,
): Ordered {
  const shares: Shares = { ...dealt, nodes: dealt.nodes.slice() }
  const settled = new Uint8Array(dealt.starts.length)
  let order: Int32Array | null = null

  /** What is in a folder, by name. Its names are sorted on their own, unless it takes less to pick them from all. */
  function named(folder: number, share: Int32Array): Int32Array {
    if (share.length <= settledAlone * nodes.count) return sortByName(nodes, share)
    return allNames().filter((node) => (nodes.parent[node] ?? none) === folder)
  }

  return {
    shares,
    all() {
      order ??= sort(allNames())
      return order
    },
    free() {
      // Where each folder's share starts is the same in every sort, and stays.
      freeArrays(shares.nodes)
      if (order) freeArrays(order)
    },
    settle(folder) {
      const number = nodes.folderNumber[folder] ?? 0
      if (settled[number] === 1) return
      settled[number] = 1
      const share = shareOf(dealt, nodes, folder)
      if (share.length > 1) shareOf(shares, nodes, folder).set(sort(named(folder, share)))
    },
  }
}
