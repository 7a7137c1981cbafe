import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'

/** What is in each folder, in one sort's order: the children of node `n` are `nodes` from `starts[n]` to `starts[n + 1]`. */
export type Children = {
  /** The directories, which keep their own order whatever the sort. */
  readonly directories: readonly number[]
  readonly starts: Int32Array
  readonly nodes: Int32Array
}

/** Deals the sorted nodes out to their folders; each folder's share stays sorted. */
export function createChildren({ nodes }: Catalogue, order: Int32Array): Children {
  const { parent, count } = nodes
  const starts = new Int32Array(count + 1)
  const directories: number[] = []
  for (const node of order) {
    const folder = parent[node] ?? none
    if (folder === none) directories.push(node)
    else starts[folder + 1] = (starts[folder + 1] ?? 0) + 1
  }
  for (let node = 0; node < count; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const next = starts.slice()
  const children = new Int32Array(starts[count] ?? 0)
  for (const node of order) {
    const folder = parent[node] ?? none
    if (folder === none) continue
    const place = next[folder] ?? 0
    children[place] = node
    next[folder] = place + 1
  }
  return { directories: directories.sort((a, b) => a - b), starts, nodes: children }
}
