import { findNode, folderKind, none, segmentsOf } from '../columns/node-table.ts'
import { type Catalogue, createCatalogue } from '../index/catalogue.ts'
import { detailsOf } from '../index/file-fields.ts'
import { createListingBuilder } from '../index/listing-builder.ts'
import { createSnapshot, isFolder, isShown, presentFile, type Snapshot } from '../index/snapshot.ts'
import type { KeptView } from './listing-bytes.ts'

/** Whether most of the nodes belong to files that have long been gone, as in a run that replaces its files for days. */
export function isMostlyGone(catalogue: Catalogue, snapshot: Snapshot): boolean {
  let shown = 0
  for (let node = 0; node < catalogue.nodes.count; node += 1) if (isShown(snapshot, catalogue, node)) shown += 1
  return catalogue.nodes.count > shown * 2
}

/** The present files alone, under numbers of their own, and how they are looked at. */
export function repacked(
  catalogue: Catalogue,
  snapshot: Snapshot,
  view: KeptView,
): { readonly catalogue: Catalogue; readonly snapshot: Snapshot; readonly view: KeptView } {
  const { leftOut, lastUpdated, loadedAt } = snapshot
  const lean = createCatalogue()
  const builder = createListingBuilder(lean)
  for (let index = 0; index < snapshot.presentCount; index += 1)
    builder.add({ ...detailsOf(catalogue, snapshot.files, index), downloadUrl: '' })

  function leanNode(node: number): number {
    // Files of one path are told apart by their place in the answer, which is the same in both.
    if (!isFolder(catalogue, node)) return builder.files.node[presentFile(snapshot, node)] ?? none
    let same = none
    for (const name of segmentsOf(catalogue.nodes, node)) {
      same = findNode(lean.nodes, same, folderKind, name)
      if (same === none) break
    }
    return same
  }
  function leanMarks(marks: Uint8Array): Uint8Array {
    const leanMarked = new Uint8Array(lean.nodes.count)
    for (let node = 0; node < marks.length; node += 1) {
      const same = marks[node] === 1 ? leanNode(node) : none
      if (same !== none) leanMarked[same] = 1
    }
    return leanMarked
  }
  function leanPlace(node: number | null): number | null {
    const same = node === null ? none : leanNode(node)
    return same === none ? null : same
  }

  const leanView: KeptView = {
    ...view,
    open: leanMarks(view.open),
    picks: leanMarks(view.picks),
    place: { focus: leanPlace(view.place.focus), top: leanPlace(view.place.top) },
  }
  const leanSnapshot = createSnapshot(lean, builder.files, null, { leftOut, lastUpdated, loadedAt })
  return { catalogue: lean, snapshot: leanSnapshot, view: leanView }
}
