import type { Listing } from '../../../shared/models/listing.ts'
import { nameOf, none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { fileTypes } from '../index/file-type.ts'
import type { Snapshot } from '../index/snapshot.ts'

/** What the filter chips offer, with how many present files each stands for. */
export function createFacets(catalogue: Catalogue, snapshot: Snapshot): Listing['facets'] {
  const { nodes, creators } = catalogue
  const { files, presentCount, totals } = snapshot
  const types = new Float64Array(fileTypes.length)
  const byCreator = new Float64Array(creators.texts.length)
  for (let index = 0; index < presentCount; index += 1) {
    const type = files.type[index] ?? 0
    types[type] = (types[type] ?? 0) + 1
    const creator = files.creator[index] ?? 0
    byCreator[creator] = (byCreator[creator] ?? 0) + 1
  }
  const directories: { name: string; count: number }[] = []
  for (let number = 0; number < nodes.folderCount; number += 1) {
    const folder = nodes.folders[number] ?? 0
    if (nodes.parent[folder] === none)
      directories.push({ name: nameOf(nodes, folder), count: totals.present[number] ?? 0 })
  }
  return { directories, types: mostFirst(fileTypes, types), creators: mostFirst(creators.texts, byCreator) }
}

function mostFirst(names: readonly string[], counts: Float64Array): { name: string; count: number }[] {
  return names
    .map((name, index) => ({ name, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 100)
}
