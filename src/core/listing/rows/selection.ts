import { grown } from '../columns/grown-array.ts'
import { folderKind, type NodeTable, none } from '../columns/node-table.ts'
import type { NodeMask } from '../summary/file-totals.ts'
import type { VisibleRows } from './visible-rows.ts'

/** One act of selecting, as a person does it on the rows on show. */
export type Selecting =
  | { readonly how: 'only' | 'toggle' | 'extend'; readonly node: number }
  | { readonly how: 'all' | 'none' }

const notPicked = 0
/** The file, or the folder with all that is in it. */
const whole = 1
/** The folder with what the filter lets through; it was picked while a filter was on. */
const matching = 2

/**
 * What a person has picked, by node, so that sorting, closing folders and refreshing leave it alone.
 *
 * A folder stands for what is in it: for everything, or under a filter for what that lets through, since nobody means
 * files that they chose not to see.
 */
export type Selection = {
  picks: Uint8Array
  /** From where `extend` reaches, and what was picked before it first reached. */
  anchor: number
  beforeExtend: Uint8Array | null
}

export function createSelection(): Selection {
  return { picks: new Uint8Array(64), anchor: none, beforeExtend: null }
}

export function isPicked(selection: Selection, node: number): boolean {
  return (selection.picks[node] ?? notPicked) !== notPicked
}

/** Carries out one act of selecting, on the rows as they stand. `isFiltered` tells whether a filter is on. */
export function select(
  selection: Selection,
  selecting: Selecting,
  rows: VisibleRows,
  rowOf: Int32Array,
  nodes: NodeTable,
  isFiltered: boolean,
): void {
  selection.picks = grown(selection.picks, nodes.count)
  const { picks } = selection
  const pick = (node: number) => {
    picks[node] = isFiltered && isFolderNode(nodes, node) ? matching : whole
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

/** Before the filter changes: what was picked by what it let through becomes those files themselves. */
export function settleMatching(selection: Selection, nodes: NodeTable, matches: NodeMask): void {
  const { picks } = selection
  if (!picks.includes(matching)) return
  const below = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    if (picks[node] === matching || below[nodes.parent[node] ?? none] === 1) below[node] = 1
    if (picks[node] === matching) picks[node] = notPicked
    if (below[node] === 1 && matches[node] === 1 && picks[node] === notPicked) picks[node] = whole
  }
  selection.beforeExtend = null
}

/** Lets go of nodes that are no longer there. */
export function keepPicks(selection: Selection, isThere: (node: number) => boolean): void {
  const { picks } = selection
  for (let node = 0; node < picks.length; node += 1)
    if (picks[node] !== notPicked && !isThere(node)) picks[node] = notPicked
  selection.beforeExtend = null
}

/** The nodes that the selection stands for: what was picked, and what is below it. */
export function selectedMask(
  { picks }: Pick<Selection, 'picks'>,
  nodes: NodeTable,
  matches: NodeMask | null,
): NodeMask {
  const mask = new Uint8Array(nodes.count)
  const reach = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    const held = (reach[nodes.parent[node] ?? none] ?? 0) | (picks[node] ?? notPicked)
    reach[node] = held
    if ((held & whole) !== 0 || (held !== 0 && matches?.[node] === 1)) mask[node] = 1
  }
  return mask
}

export function pickedNodes({ picks }: Pick<Selection, 'picks'>): readonly number[] {
  return [...picks.keys()].filter((node) => picks[node] !== notPicked)
}

/**
 * The files and folders that picks come to, none within another: what to hand on where a folder brings what is in it. A
 * folder that was picked under a filter is not among them, but the files in it that match are. Null beyond `most`.
 */
export function outermostPicks(
  picks: { readonly [node: number]: number | undefined },
  nodes: NodeTable,
  matches: NodeMask | null,
  most: number,
): readonly number[] | null {
  const found: number[] = []
  const reach = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    const above = reach[nodes.parent[node] ?? none] ?? 0
    const held = above | (picks[node] ?? notPicked)
    reach[node] = held
    if ((above & whole) !== 0) continue
    if ((held & whole) !== 0 || (held !== 0 && matches?.[node] === 1)) found.push(node)
    if (found.length > most) return null
  }
  return found
}

/** The picks that stand for nodes that were named one by one. */
export function picksOf(nodes: readonly number[]): Readonly<Record<number, number>> {
  return Object.fromEntries(nodes.map((node) => [node, whole]))
}

export function countPicks(selection: Selection): number {
  let count = 0
  for (const pick of selection.picks) if (pick !== notPicked) count += 1
  return count
}

function isFolderNode(nodes: NodeTable, node: number): boolean {
  return nodes.kind[node] === folderKind
}
