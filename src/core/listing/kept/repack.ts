import { findNode, folderKind, none, segmentsOf } from '../columns/node-table.ts'
import { type Catalogue, createCatalogue } from '../index/catalogue.ts'
import { detailsOf } from '../index/file-fields.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { createSnapshot, isShown, type Snapshot } from '../index/snapshot.ts'

/** Whether most of the nodes belong to files that have long been gone, as in a run that replaces its files for days. */
export function isMostlyGone(catalogue: Catalogue, snapshot: Snapshot): boolean {
  let shown = 0
  for (let node = 0; node < catalogue.nodes.count; node += 1) if (isShown(snapshot, catalogue, node)) shown += 1
  return catalogue.nodes.count > shown * 2
}

/** The present files alone, under numbers of their own, and the folders among them that are open. */
export function repacked(
  catalogue: Catalogue,
  snapshot: Snapshot,
  open: Uint8Array,
): { readonly catalogue: Catalogue; readonly snapshot: Snapshot; readonly open: Uint8Array } {
  const { leftOut, lastUpdated, loadedAt } = snapshot
  const lean = createCatalogue()
  const builder = createListingBuilder(lean)
  for (let index = 0; index < snapshot.presentCount; index += 1)
    builder.add({ ...detailsOf(catalogue, snapshot.files, index), downloadUrl: '' })
  const leanOpen = new Uint8Array(lean.nodes.count)
  for (let node = 0; node < open.length; node += 1) {
    if (open[node] !== 1) continue
    let same = none
    for (const name of segmentsOf(catalogue.nodes, node)) same = findNode(lean.nodes, same, folderKind, name)
    if (same !== none) leanOpen[same] = 1
  }
  const leanSnapshot = createSnapshot(lean, builder.files, null, { leftOut, lastUpdated, loadedAt })
  return { catalogue: lean, snapshot: leanSnapshot, open: leanOpen }
}
