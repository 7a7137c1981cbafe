import { type Catalogue, createCatalogue } from './catalogue.ts'
import { detailsOf } from './file-fields.ts'
import { createListingBuilder } from './listing-builder.ts'
import { createSnapshot, isShown, type Snapshot } from './snapshot.ts'

/** Whether most of the nodes belong to files that have long been gone, as in a run that replaces its files for days. */
export function isMostlyGone(catalogue: Catalogue, snapshot: Snapshot): boolean {
  let shown = 0
  for (let node = 0; node < catalogue.nodes.count; node += 1) if (isShown(snapshot, catalogue, node)) shown += 1
  return catalogue.nodes.count > shown * 2
}

/** The present files alone, under numbers of their own. */
export function repacked(
  catalogue: Catalogue,
  snapshot: Snapshot,
): { readonly catalogue: Catalogue; readonly snapshot: Snapshot } {
  const { leftOut, lastUpdated, loadedAt } = snapshot
  const lean = createCatalogue()
  const builder = createListingBuilder(lean)
  for (let index = 0; index < snapshot.presentCount; index += 1)
    builder.add({ ...detailsOf(catalogue, snapshot.files, index), downloadUrl: '' })
  return { catalogue: lean, snapshot: createSnapshot(lean, builder.files, null, { leftOut, lastUpdated, loadedAt }) }
}
