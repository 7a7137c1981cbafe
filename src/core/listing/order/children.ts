import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isShown, type Snapshot } from '../index/snapshot.ts'

/** What is in each folder: the children of node `n` are `nodes` from `starts[n]` to `starts[n + 1]`. */
export type Shares = {
  /** The directories, which keep their own order whatever the sort. */
  readonly directories: readonly number[]
  readonly starts: Int32Array
  readonly nodes: Int32Array
}

/** Deals the shown nodes out to their folders, each folder's in the order of their numbers. */
export function dealShares(catalogue: Catalogue, snapshot: Snapshot): Shares {
  const { parent } = catalogue.nodes
  const count = snapshot.fileOf.length
  const starts = new Int32Array(count + 1)
  const directories: number[] = []
  for (let node = 0; node < count; node += 1) {
    if (!isShown(snapshot, catalogue, node)) continue
    const folder = parent[node] ?? none
    if (folder === none) directories.push(node)
    else starts[folder + 1] = (starts[folder + 1] ?? 0) + 1
  }
  for (let node = 0; node < count; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const next = starts.slice()
  const nodes = new Int32Array(starts[count] ?? 0)
  for (let node = 0; node < count; node += 1) {
    const folder = parent[node] ?? none
    if (folder === none || !isShown(snapshot, catalogue, node)) continue
    const place = next[folder] ?? 0
    nodes[place] = node
    next[folder] = place + 1
  }
  return { directories, starts, nodes }
}
