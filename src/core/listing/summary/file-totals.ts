import type { Summary } from '../../../shared/models/listing.ts'
import { nameOf, none, segmentsOf } from '../columns/node-table.ts'
import { isLetThrough, type Matches } from '../filter/filter-files.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { fileTypes } from '../index/file-type.ts'
import { isFolder, isPresent, type Snapshot } from '../index/snapshot.ts'
import { type Shares, shareOf } from '../order/children.ts'

/** Which files something is about: for each node 1 if it counts. Folders count by what is below them. */
export type NodeMask = Uint8Array

const mostTypes = 12
const mostLargest = 40

/** The nodes at or below those that `isChosen` names. Parents have smaller numbers, so one pass hands it down. */
function maskBelow(catalogue: Catalogue, isChosen: (node: number) => boolean): NodeMask {
  const { parent, count } = catalogue.nodes
  const mask = new Uint8Array(count)
  for (let node = 0; node < count; node += 1) {
    const above = parent[node] ?? none
    if ((above !== none && mask[above] === 1) || isChosen(node)) mask[node] = 1
  }
  return mask
}

/** What the present files of a mask add up to. */
export function totalOf(
  snapshot: Snapshot,
  mask: NodeMask,
): { readonly fileCount: number; readonly size: number; readonly unknownSizes: number } {
  const { files, presentCount } = snapshot
  let fileCount = 0
  let size = 0
  let unknownSizes = 0
  for (let index = 0; index < presentCount; index += 1) {
    if (mask[files.node[index] ?? 0] !== 1) continue
    fileCount += 1
    const bytes = files.size[index] ?? -1
    if (bytes < 0) unknownSizes += 1
    else size += bytes
  }
  return { fileCount, size, unknownSizes }
}

/** Describes the present files of a mask, and the folders that hold them or stand in it. `all` is the mask without a filter. */
export function summarise(
  catalogue: Catalogue,
  snapshot: Snapshot,
  mask: NodeMask,
  all: NodeMask,
): Omit<Summary, 'path' | 'largest'> {
  const { files, presentCount } = snapshot
  let oldest = Number.POSITIVE_INFINITY
  let newest = Number.NEGATIVE_INFINITY
  const counts = new Float64Array(fileTypes.length)
  const sizes = new Float64Array(fileTypes.length)
  for (let index = 0; index < presentCount; index += 1) {
    if (mask[files.node[index] ?? 0] !== 1) continue
    const type = files.type[index] ?? 0
    counts[type] = (counts[type] ?? 0) + 1
    sizes[type] = (sizes[type] ?? 0) + Math.max(0, files.size[index] ?? 0)
    const time = files.updatedAt.timeAt(index)
    if (time < oldest) oldest = time
    if (time > newest) newest = time
  }
  let folderCount = 0
  for (const [number, present] of snapshot.totals.present.entries())
    if (present > 0 && mask[catalogue.nodes.folders[number] ?? none] === 1) folderCount += 1
  const byType = fileTypes
    .map((type, number) => ({ type, count: counts[number] ?? 0, size: sizes[number] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.size - a.size || b.count - a.count)
    .slice(0, mostTypes)
  const total = totalOf(snapshot, mask)
  return {
    ...total,
    hiddenCount: all === mask ? 0 : totalOf(snapshot, all).fileCount - total.fileCount,
    folderCount,
    oldest: Number.isFinite(oldest) ? oldest : null,
    newest: Number.isFinite(newest) ? newest : null,
    byType,
  }
}

/** Describes what a filter lets through of one folder; the folders below it count, itself does not. */
export function summariseFolder(
  catalogue: Catalogue,
  snapshot: Snapshot,
  shares: Shares,
  folder: number,
  matches: Matches | null,
): Summary {
  const all = maskBelow(catalogue, (node) => node === folder)
  const { nodes } = catalogue
  const mask = matches ? all.map((isBelow, node) => Number(isBelow === 1 && isLetThrough(matches, nodes, node))) : all
  const summary = summarise(catalogue, snapshot, mask, all)
  const { bytes } = (matches ?? snapshot).totals
  const sizeOf = (node: number) =>
    isFolder(catalogue, node)
      ? (bytes[nodes.folderNumber[node] ?? none] ?? 0)
      : Math.max(0, snapshot.files.size[snapshot.fileOf[node] ?? none] ?? 0)
  const largest = shareOf(shares, nodes, folder)
    .filter((node) => mask[node] === 1 && isPresent(catalogue, snapshot, node))
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .subarray(0, mostLargest)
  return {
    ...summary,
    path: segmentsOf(catalogue.nodes, folder).join('/'),
    folderCount: Math.max(0, summary.folderCount - 1),
    largest: Array.from(largest, (node) => ({
      node,
      name: nameOf(catalogue.nodes, node),
      size: sizeOf(node),
      folder: isFolder(catalogue, node),
    })),
  }
}
