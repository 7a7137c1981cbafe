import type { Sort } from '../../../shared/models/listing.ts'
import type { Catalogue } from '../index/catalogue.ts'
import type { Snapshot } from '../index/snapshot.ts'
import { type Children, createChildren } from './children.ts'
import { createColumnOrder } from './column-order.ts'
import { createNameOrder, type NameOrder } from './name-order.ts'

export type Ordered = { readonly order: Int32Array; readonly children: Children }

/** Sorts a listing, and keeps the last few sorts, so that going back to one costs nothing. */
export type Orders = {
  readonly get: (snapshot: Snapshot, sort: Sort) => Ordered
}

/** Each kept sort takes some 12 bytes a file. */
const keptOrders = 4

export function createOrders(catalogue: Catalogue): Orders {
  let names: NameOrder | null = null
  let keptFor: Snapshot | null = null
  const kept = new Map<string, Ordered>()

  /** Names never change, so their order only has to be made again when a listing brings nodes that it does not know. */
  function namesFor(snapshot: Snapshot): NameOrder {
    if (!names || names.order.length < snapshot.fileOf.length) names = createNameOrder(catalogue.nodes, names)
    return names
  }

  return {
    get(snapshot, sort) {
      if (keptFor !== snapshot) kept.clear()
      keptFor = snapshot
      const key = `${sort.column} ${sort.direction}`
      const known = kept.get(key)
      kept.delete(key)
      const ordered = known ?? createOrdered(catalogue, snapshot, namesFor(snapshot), sort)
      kept.set(key, ordered)
      const oldest = kept.keys().next().value
      if (kept.size > keptOrders && oldest !== undefined) kept.delete(oldest)
      return ordered
    },
  }
}

function createOrdered(catalogue: Catalogue, snapshot: Snapshot, names: NameOrder, sort: Sort): Ordered {
  const order = createColumnOrder(catalogue, snapshot, names, sort)
  return { order, children: createChildren(catalogue, order) }
}
