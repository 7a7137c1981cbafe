import { grown } from '../columns/grown-array.ts'
import { folderKind, type NodeTable, none } from '../columns/node-table.ts'
import type { Matches } from '../filter/filter-files.ts'
import type { NodeMask } from '../summary/file-totals.ts'
import type { VisibleRows } from './visible-rows.ts'

/** One act of selecting, as a person does it on the rows on show. */
export type Selecting =
  | { readonly how: 'only' | 'toggle' | 'extend'; readonly node: number }
  | { readonly how: 'all' | 'none' }

const notPicked = 0
const picked = 1

/**
 * What a person has picked, by node, so that sorting, closing folders and refreshing leave it alone.
 *
 * A folder stands for what is in it and let through by the filter, since nobody means files that they chose not to see.
 */
export type Selection = {
  picks: Uint8Array
  /** From where `extend` reaches, and what was picked before it first reached. */
  anchor: number
  beforeExtend: Uint8Array | null
}

/** By node: not 0 for what is picked. */
type Picks = { readonly [node: number]: number | undefined }

export function createSelection(): Selection {
  return { picks: new Uint8Array(64), anchor: none, beforeExtend: null }
}

export function isPicked(selection: Selection, node: number): boolean {
  return (selection.picks[node] ?? notPicked) !== notPicked
}

/** Carries out one act of selecting, on the rows as they stand. */
export function select(
  selection: Selection,
  selecting: Selecting,
  rows: VisibleRows,
  rowOf: Int32Array,
  nodeCount: number,
): void {
  selection.picks = grown(selection.picks, nodeCount)
  const { picks } = selection
  const pick = (node: number) => {
    picks[node] = picked
  }
  switch (selecting.how) {
    case 'none':
    case 'all':
      if (selecting.how === 'none') picks.fill(notPicked)
      else for (let row = 0; row < rows.count; row += 1) pick(rows.node[row] ?? 0)
      selection.beforeExtend = null
      return
    case 'only':
      picks.fill(notPicked)
      pick(selecting.node)
      selection.anchor = selecting.node
      selection.beforeExtend = null
      return
    case 'toggle':
      if (isPicked(selection, selecting.node)) picks[selecting.node] = notPicked
      else pick(selecting.node)
      selection.anchor = selecting.node
      selection.beforeExtend = null
      return
    case 'extend': {
      const end = rowOf[selecting.node] ?? none
      if (end === none) return
      const start = selection.anchor === none ? none : (rowOf[selection.anchor] ?? none)
      if (start === none) selection.anchor = selecting.node
      // Each reach starts anew from what was picked before the first, so that a shorter one lets go of rows.
      if (selection.beforeExtend) picks.fill(notPicked).set(selection.beforeExtend)
      else selection.beforeExtend = picks.slice()
      const from = start === none ? end : start
      for (let row = Math.min(from, end); row <= Math.max(from, end); row += 1) pick(rows.node[row] ?? 0)
    }
  }
}

/** The filter before and after a change, and what the change leaves to be seen. */
export type FilterChange = {
  readonly before: Matches | null
  readonly after: Matches | null
  /** Whether files are shown without their folders. */
  readonly isFlat: boolean
  readonly isPresent: (node: number) => boolean
}

/**
 * After a filter has changed: lets go of what it hides. A folder stays picked while all that is shown of it was selected;
 * otherwise those of its files that were selected and are shown are picked one by one, so that a selection never grows.
 */
export function letGoOfHidden(selection: Selection, nodes: NodeTable, change: FilterChange): void {
  selection.beforeExtend = null
  if (!selection.picks.includes(picked)) return
  selection.picks = grown(selection.picks, nodes.count)
  const { picks } = selection
  const { before, after, isFlat, isPresent } = change
  const selected = selectedMask(picks, nodes, before)
  const isShown = (node: number) => (after === null || after.mask[node] === 1) && isPresent(node)
  const hasMore = foldersWith(nodes, (file) => selected[file] !== 1 && isShown(file))
  const stays = (folder: number) => !isFlat && hasMore[folder] !== 1 && isLetThrough(after, folder)

  /** By folder: 1 where its files are picked one by one instead of it. */
  const split = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    const above = split[nodes.parent[node] ?? none] ?? 0
    if (isFolderNode(nodes, node)) {
      split[node] = picks[node] === notPicked ? above : Number(!stays(node))
      if (split[node] === 1) picks[node] = notPicked
    } else if (picks[node] === picked || above === 1) {
      picks[node] = selected[node] === 1 && isShown(node) ? picked : notPicked
    }
  }
}

/** By folder: 1 where a file somewhere in it is as asked. */
function foldersWith(nodes: NodeTable, isAsked: (file: number) => boolean): Uint8Array {
  const found = new Uint8Array(nodes.count)
  for (let node = nodes.count - 1; node >= 0; node -= 1) {
    const parent = nodes.parent[node] ?? none
    if (parent !== none && (found[node] === 1 || (!isFolderNode(nodes, node) && isAsked(node)))) found[parent] = 1
  }
  return found
}

/** Lets go of nodes that are no longer there. */
export function keepPicks(selection: Selection, isThere: (node: number) => boolean): void {
  const { picks } = selection
  for (let node = 0; node < picks.length; node += 1)
    if (picks[node] !== notPicked && !isThere(node)) picks[node] = notPicked
  selection.beforeExtend = null
}

/**
 * The nodes that picks stand for: files that were picked, and what is in the folders that were, as far as the filter lets it
 * through.
 */
export function selectedMask(picks: Picks, nodes: NodeTable, matches: Matches | null): NodeMask {
  const mask = new Uint8Array(nodes.count)
  const reach = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    const own = picks[node] ?? notPicked
    reach[node] = (reach[nodes.parent[node] ?? none] ?? 0) | own
    if (reach[node] !== notPicked && (isLetThrough(matches, node) || isPickedFile(nodes, node, own))) mask[node] = 1
  }
  return mask
}

/** The nodes that were picked, themselves. */
export function pickedNodes(picks: Uint8Array): readonly number[] {
  return [...picks.keys()].filter((node) => picks[node] !== notPicked)
}

/**
 * The files and folders that picks come to, none within another: what to hand on where a folder brings what is in it. Under
 * a filter a folder is not among them, but the files in it that match are. Null beyond `most`.
 */
export function outermostPicks(
  picks: Picks,
  nodes: NodeTable,
  matches: Matches | null,
  most: number,
): readonly number[] | null {
  const found: number[] = []
  const mask = selectedMask(picks, nodes, matches)
  for (let node = 0; node < nodes.count; node += 1) {
    if (mask[node] !== 1) continue
    const isHandedOn = matches ? !isFolderNode(nodes, node) : mask[nodes.parent[node] ?? none] !== 1
    if (isHandedOn) found.push(node)
    if (found.length > most) return null
  }
  return found
}

/** The picks that stand for nodes that were named one by one. */
export function picksOf(nodes: readonly number[]): Picks {
  return Object.fromEntries(nodes.map((node) => [node, picked]))
}

/** How many were picked, and which, when it is one alone. */
export function countPicks({ picks }: Selection): { readonly count: number; readonly only: number | null } {
  let count = 0
  for (const pick of picks) if (pick !== notPicked) count += 1
  return { count, only: count === 1 ? picks.indexOf(picked) : null }
}

function isLetThrough(matches: Matches | null, node: number): boolean {
  return matches === null || (matches.shownCount[node] ?? 0) > 0
}

function isPickedFile(nodes: NodeTable, node: number, pick: number): boolean {
  return pick !== notPicked && !isFolderNode(nodes, node)
}

function isFolderNode(nodes: NodeTable, node: number): boolean {
  return nodes.kind[node] === folderKind
}
