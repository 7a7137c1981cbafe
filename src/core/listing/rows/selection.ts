import { grown } from '../columns/grown-array.ts'
import { folderKind, type NodeTable, none } from '../columns/node-table.ts'
import { isLetThrough, type Matches } from '../filter/filter-files.ts'
import { presentFile, type Snapshot } from '../index/snapshot.ts'
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
  /** Grows with every change, so that what was added up of it is known to be out of date. */
  version: number
  /** From where `extend` reaches, and what was picked before it first reached. */
  anchor: number
  beforeExtend: Uint8Array | null
}

/** By node: not 0 for what is picked. */
type Picks = { readonly [node: number]: number | undefined }

export function createSelection(): Selection {
  return { picks: new Uint8Array(64), version: 0, anchor: none, beforeExtend: null }
}

export function isPicked(selection: Selection, node: number): boolean {
  return (selection.picks[node] ?? notPicked) !== notPicked
}

/**
 * Carries out one act of selecting, on the rows as they stand. What a filter hides was on show when the person went to it,
 * and the filter came first all the same: that ends as if it had come last.
 */
export function select(
  selection: Selection,
  selecting: Selecting,
  rows: VisibleRows,
  nodes: NodeTable,
  { matches, isFlat }: Pick<Sieve, 'matches' | 'isFlat'>,
): void {
  selection.picks = grown(selection.picks, nodes.count)
  selection.version += 1
  const { picks } = selection
  const pick = (node: number) => {
    picks[node] = picked
  }
  const isHidden = (node: number) =>
    matches !== null && ((isFlat && isFolderNode(nodes, node)) || !isLetThrough(matches, nodes, node))
  switch (selecting.how) {
    case 'none':
    case 'all':
      if (selecting.how === 'none') picks.fill(notPicked)
      else rows.visit(0, rows.count, pick)
      selection.beforeExtend = null
      return
    case 'only':
      picks.fill(notPicked)
      if (!isHidden(selecting.node)) pick(selecting.node)
      selection.anchor = selecting.node
      selection.beforeExtend = null
      return
    case 'toggle':
      if (isPicked(selection, selecting.node)) picks[selecting.node] = notPicked
      else if (!isHidden(selecting.node)) pick(selecting.node)
      selection.anchor = selecting.node
      selection.beforeExtend = null
      return
    case 'extend': {
      const end = rows.rowOf(selecting.node)
      if (end === none) return
      const start = rows.rowOf(selection.anchor)
      if (start === none) selection.anchor = selecting.node
      // Each reach starts anew from what was picked before the first, so that a shorter one lets go of rows.
      if (selection.beforeExtend) picks.fill(notPicked).set(selection.beforeExtend)
      else selection.beforeExtend = picks.slice()
      const from = start === none ? end : start
      rows.visit(Math.min(from, end), Math.max(from, end) + 1, pick)
    }
  }
}

/** What a selection comes to. */
export type Selected = {
  /** By node: 1 for a file that is selected; what else is 1 is of no account. */
  readonly files: NodeMask
  /** How many nodes were picked, and which, when it is one alone. */
  readonly count: number
  readonly only: number | null
  /** The files among them and below them, and their known bytes. */
  readonly fileCount: number
  readonly size: number
}

/** What a new filter leaves to be seen. */
export type Sieve = {
  readonly matches: Matches | null
  /** Whether files are shown without their folders. */
  readonly isFlat: boolean
  readonly snapshot: Snapshot
}

/**
 * After a filter has changed: lets go of what it hides. A folder stays picked while all that is shown of it was selected;
 * otherwise those of its files that were selected and are shown are picked one by one, so that a selection never grows.
 *
 * Two passes over columns, since a person who has selected a million files waits for it at every key.
 */
export function letGoOfHidden(
  selection: Selection,
  nodes: NodeTable,
  { matches, isFlat, snapshot }: Sieve,
  selected: Selected,
): Selected {
  const { parent, kind, count } = nodes
  selection.beforeExtend = null
  if (selected.count === 0) return selected
  selection.picks = grown(selection.picks, count)
  selection.version += 1
  const { picks } = selection
  const passes = matches?.mask ?? null
  const files = new Uint8Array(count)
  /** By folder: 1 where a file that was not selected is shown somewhere in it. */
  const hasMore = new Uint8Array(count)
  for (let node = count - 1; node >= 0; node -= 1) {
    const above = parent[node] ?? none
    if (kind[node] === folderKind) {
      if (hasMore[node] === 1 && above !== none) hasMore[above] = 1
    } else if (presentFile(snapshot, node) !== none && (passes === null || passes[node] === 1)) {
      if (selected.files[node] === 1) files[node] = 1
      else if (above !== none) hasMore[above] = 1
    }
  }
  /** By folder: 1 where its files are picked one by one instead of it. */
  const split = new Uint8Array(count)
  const left = { count: 0, only: none, fileCount: 0, size: 0 }
  for (let node = 0; node < count; node += 1) {
    const above = split[parent[node] ?? none] ?? 0
    if (kind[node] === folderKind) {
      const stays = !isFlat && hasMore[node] !== 1 && isLetThrough(matches, nodes, node)
      split[node] = picks[node] === notPicked ? above : Number(!stays)
      if (split[node] === 1) picks[node] = notPicked
    } else {
      const isSelected = files[node] ?? 0
      if (picks[node] === picked || above === 1) picks[node] = isSelected
      if (isSelected === 1) {
        left.fileCount += 1
        left.size += Math.max(0, snapshot.files.size[presentFile(snapshot, node)] ?? 0)
      }
    }
    if (picks[node] === picked) {
      left.count += 1
      left.only = node
    }
  }
  return { ...left, files, only: left.count === 1 ? left.only : null }
}

/** Lets go of nodes that are no longer there. */
export function keepPicks(selection: Selection, isThere: (node: number) => boolean): void {
  const { picks } = selection
  selection.version += 1
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
    if (reach[node] !== notPicked && (isLetThrough(matches, nodes, node) || isPickedFile(nodes, node, own)))
      mask[node] = 1
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
  for (let node = 0; node < picks.length; node += 1) if (picks[node] !== notPicked) count += 1
  return { count, only: count === 1 ? picks.indexOf(picked) : null }
}

function isPickedFile(nodes: NodeTable, node: number, pick: number): boolean {
  return pick !== notPicked && !isFolderNode(nodes, node)
}

function isFolderNode(nodes: NodeTable, node: number): boolean {
  return nodes.kind[node] === folderKind
}
