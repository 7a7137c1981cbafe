import { type NodeTable, none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isShown, type Snapshot } from '../index/snapshot.ts'

/** What is in each folder: in that of number `n` are `nodes` from `starts[n]` to `starts[n + 1]`. */
export type Shares = {
  /** The directories, which keep their own order whatever the sort. */
  readonly directories: readonly number[]
  readonly starts: Int32Array
  readonly nodes: Int32Array
}

/** Deals the shown nodes out to their folders, each folder's in the order of their numbers. */
export function dealShares(catalogue: Catalogue, snapshot: Snapshot): Shares {
  const { parent, folderNumber } = catalogue.nodes
  const count = snapshot.fileOf.length
  const folderCount = snapshot.totals.shown.length
  const starts = new Int32Array(folderCount + 1)
  const directories: number[] = []
  for (let node = 0; node < count; node += 1) {
    if (!isShown(snapshot, catalogue, node)) continue
    const folder = parent[node] ?? none
    if (folder === none) directories.push(node)
    else {
      const next = (folderNumber[folder] ?? 0) + 1
      starts[next] = (starts[next] ?? 0) + 1
    }
  }
  for (let folder = 0; folder < folderCount; folder += 1)
    starts[folder + 1] = (starts[folder + 1] ?? 0) + (starts[folder] ?? 0)
  const next = starts.slice()
  const nodes = new Int32Array(starts[folderCount] ?? 0)
  for (let node = 0; node < count; node += 1) {
    const above = parent[node] ?? none
    if (above === none || !isShown(snapshot, catalogue, node)) continue
    const folder = folderNumber[above] ?? 0
    const place = next[folder] ?? 0
    nodes[place] = node
    next[folder] = place + 1
  }
  return { directories, starts, nodes }
}

/** What is in a folder, by its node. */
export function shareOf({ nodes, starts }: Shares, { folderNumber }: NodeTable, folder: number): Int32Array {
  const number = folderNumber[folder] ?? none
  return nodes.subarray(starts[number] ?? 0, starts[number + 1] ?? 0)
}
