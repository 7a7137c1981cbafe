import type { Sort } from '../../../shared/models/listing.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import type { Catalogue } from '../index/catalogue.ts'
import type { Snapshot } from '../index/snapshot.ts'
import { dealShares, dealSteps, type Shares } from './children.ts'
import { type ColumnSort, createColumnSort } from './column-order.ts'
import { lastOf, nameOrderSteps, sortByName } from './name-order.ts'

/** One sort of a listing. */
export type Ordered = {
  /** What is in each folder; a folder's own stand in order once it has been settled. */
  readonly shares: Shares
  readonly settle: (folder: number) => void
  /** Settles all folders a bit further; tells whether there is more to do. */
  readonly settleOn: () => boolean
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
  /** Sorts a bit further what all sorts start from, and then the sort by name; tells whether there is more to do. */
  readonly prepare: (snapshot: Snapshot, sort: Sort) => boolean
}

/** Each kept sort takes some 4 bytes a file. */
const keptOrders = 4

/** Children that are sorted folder by folder at most; it is quicker to sort all at once than still more of them. */
const fewChildren = 20_000

export function createOrders(catalogue: Catalogue, settledSingly = fewChildren): Orders {
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
    return orderedBy(catalogue, dealt, createColumnSort(catalogue, snapshot, sort), settledSingly, () =>
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
    prepare(snapshot, sort) {
      // By numbers all is sorted in one go, which could hold up a call for longer than it saves.
      if (isNamed(snapshot)) return sort.column === 'name' && get(snapshot, sort).settleOn()
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

/**
 * Sorts folder by folder as they are asked for: a listing shows its first rows long before all of it is sorted. Beyond
 * some thousand children it sorts all at once, by the order of all names.
 */
function orderedBy(
  { nodes }: Catalogue,
  dealt: Shares,
  sort: ColumnSort,
  settledSingly: number,
  allNames: () => Int32Array,
): Ordered {
  const shares: Shares = { ...dealt, nodes: dealt.nodes.slice() }
  const settled = new Uint8Array(dealt.starts.length)
  let left = settledSingly
  let order: Int32Array | null = null

  function all(): Int32Array {
    order ??= sort(allNames())
    return order
  }
  function* settleSteps(): Generator<undefined, void> {
    const inOrder = order ?? sort(allNames())
    yield
    // Beside the shares, which may be read between two steps.
    const dealtAnew = { ...shares, nodes: shares.nodes.slice() }
    yield* dealSteps(nodes, inOrder, dealtAnew)
    shares.nodes.set(dealtAnew.nodes)
    left = -1
  }
  let settling: Generator<undefined, void> | null = null

  return {
    shares,
    all,
    free() {
      // Where each folder's share starts is the same in every sort, and stays.
      freeArrays(shares.nodes)
      if (order) freeArrays(order)
    },
    settleOn() {
      if (left < 0) {
        settling = null
        return false
      }
      settling ??= settleSteps()
      return settling.next().done !== true
    },
    settle(folder) {
      if (left < 0 || settled[folder] === 1) return
      const [from, to] = [shares.starts[folder] ?? 0, shares.starts[folder + 1] ?? 0]
      left -= to - from
      if (left < 0) {
        // The order itself is only kept for who asks for it: folders have all of it in their shares.
        lastOf(dealSteps(nodes, order ?? sort(allNames()), shares))
        return
      }
      settled[folder] = 1
      if (to - from > 1) shares.nodes.set(sort(sortByName(nodes, dealt.nodes.subarray(from, to))), from)
    },
  }
}
