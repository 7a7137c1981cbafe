import type { Filter, Picked } from '../../../shared/models/listing.ts'
import { filterFiles, isEmptyFilter, type Matches } from '../filter/filter-files.ts'
import { type FoldedNames, updateFoldedNames } from '../filter/folded-names.ts'
import type { Query } from '../filter/query.ts'
import {
  countPicks,
  letGoOfHidden,
  outermostPicks,
  pickedNodes,
  picksOf,
  type Selected,
  type Selection,
  selectedMask,
} from '../rows/selection.ts'
import { type NodeMask, totalOf } from '../summary/file-totals.ts'
import type { Catalogue } from './catalogue.ts'
import { type ChosenNodes, createChoices } from './choices.ts'
import type { Snapshot } from './snapshot.ts'
import { fileSteps, pathSteps } from './walks.ts'

/** How a listing is looked at. */
export type LookedAt = {
  readonly filter: Filter
  readonly query: Query
  readonly matches: Matches | null
  readonly snapshot: Snapshot
}

/** Which files a person means: by what they see and have picked now, or by an earlier choice. */
export function createChosenFiles(
  catalogue: Catalogue,
  folded: FoldedNames,
  selection: Selection,
  look: () => LookedAt,
) {
  const { nodes } = catalogue
  const choices = createChoices(selection, look)
  let known: (Selected & Pick<Selection, 'version'> & Pick<LookedAt, 'matches' | 'snapshot'>) | null = null

  /** What the filter lets through that was on when these were chosen. */
  function matchesOf(files: ChosenNodes): Matches | null {
    const { filtered } = choices.sightOf(files)
    const { snapshot } = look()
    if (filtered.snapshot === snapshot || isEmptyFilter(filtered.filter, filtered.query)) return filtered.matches
    updateFoldedNames(folded, nodes)
    return filterFiles(catalogue, snapshot, folded, filtered.filter, filtered.query)
  }
  /** Null for all there is. */
  function maskOf(files: ChosenNodes): NodeMask | null {
    switch (files.what) {
      case 'all':
        return null
      case 'matches':
        return matchesOf(files)?.mask ?? null
      case 'selection':
        return selectedMask(choices.sightOf(files).picks, nodes, matchesOf(files))
      case 'nodes':
        return selectedMask(picksOf(files.nodes), nodes, matchesOf(files))
    }
  }

  /** What is selected now; added up again only where something has changed. */
  function selected(): Selected {
    const { matches, snapshot } = look()
    const { version } = selection
    if (known?.version === version && known.matches === matches && known.snapshot === snapshot) return known
    const picked = countPicks(selection)
    const files = picked.count > 0 ? selectedMask(selection.picks, nodes, matches) : new Uint8Array(0)
    const { fileCount, size } = picked.count > 0 ? totalOf(snapshot, files) : { fileCount: 0, size: 0 }
    known = { ...picked, files, fileCount, size, version, matches, snapshot }
    return known
  }

  return {
    /** Keeps what nodes stand for as things are now, under a number of the caller's. */
    choose: choices.choose,
    letGo: choices.letGo,
    areNone: choices.areNone,
    selected,
    /** Lets go of what a changed filter hides. `before` is what was selected under the one before it. */
    letGoOfHidden(before: Selected): void {
      const { filter, matches, snapshot } = look()
      const isFlat = filter.flat && matches !== null
      const left = letGoOfHidden(selection, nodes, { matches, isFlat, snapshot }, before)
      known = { ...left, version: selection.version, matches, snapshot }
    },
    total: (files: ChosenNodes) => totalOf(look().snapshot, maskOf(files) ?? new Uint8Array(nodes.count).fill(1)),
    fileSteps: (files: ChosenNodes) => fileSteps(catalogue, look().snapshot, maskOf(files)),
    pathSteps(files: ChosenNodes) {
      if (files.what === 'nodes') return pathSteps(nodes, files.nodes)
      if (files.what === 'selection') return pathSteps(nodes, pickedNodes(choices.sightOf(files).picks))
      const { snapshot } = look()
      const mask = maskOf(files)
      const present = snapshot.files.node.subarray(0, snapshot.presentCount)
      return pathSteps(nodes, mask ? present.filter((node) => mask[node] === 1) : present)
    },
    /** The files and folders that a selection or a list, in its order, comes to; none within another, null beyond `most`. */
    outermost(files: Picked, most: number): readonly number[] | null {
      const { matches } = look()
      if (files.what === 'selection') return outermostPicks(selection.picks, nodes, matches, most)
      const found = new Set(outermostPicks(picksOf(files.nodes), nodes, matches, nodes.count))
      const asked = files.nodes.filter((node) => found.delete(node))
      const all = [...asked, ...found]
      return all.length > most ? null : all
    },
  }
}
