import { grown } from '../columns/grown-array.ts'
import { none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { isFolder, type Snapshot } from '../index/snapshot.ts'

/**
 * Which folders are open, by node. Under a filter all that hold matches are, but for those that a person then closes;
 * without it they stand again as they were left.
 */
export type OpenFolders = {
  open: Uint8Array
  closedUnderFilter: Uint8Array
}

export function createOpenFolders(): OpenFolders {
  return { open: new Uint8Array(64), closedUnderFilter: new Uint8Array(64) }
}

export function isOpen(folders: OpenFolders, node: number, isFiltered: boolean): boolean {
  return isFiltered ? folders.closedUnderFilter[node] !== 1 : folders.open[node] === 1
}

/** The same for all nodes at once: an open folder has `open` among the states. */
export function openStates(
  { open, closedUnderFilter }: OpenFolders,
  isFiltered: boolean,
): { readonly states: Uint8Array; readonly open: 0 | 1 } {
  return isFiltered ? { states: closedUnderFilter, open: 0 } : { states: open, open: 1 }
}

/** Opens or closes a folder; with `allBelow` also all folders in it. `none` stands for the whole listing. */
export function setOpen(
  folders: OpenFolders,
  catalogue: Catalogue,
  folder: number,
  open: boolean,
  allBelow: boolean,
  isFiltered: boolean,
): void {
  const { nodes } = catalogue
  makeRoom(folders, nodes.count)
  const states = isFiltered ? folders.closedUnderFilter : folders.open
  const state = open === isFiltered ? 0 : 1
  if (folder !== none && !allBelow) {
    states[folder] = state
    return
  }
  const within = new Uint8Array(nodes.count)
  for (let node = Math.max(0, folder); node < nodes.count; node += 1) {
    if (!isFolder(catalogue, node)) continue
    if (folder !== none && node !== folder && within[nodes.parent[node] ?? none] !== 1) continue
    within[node] = 1
    states[node] = state
  }
}

/** Opens all folders above a node. */
export function revealNode(folders: OpenFolders, catalogue: Catalogue, node: number, isFiltered: boolean): void {
  const { parent } = catalogue.nodes
  for (let above = parent[node] ?? none; above !== none; above = parent[above] ?? none)
    setOpen(folders, catalogue, above, true, false, isFiltered)
}

/** The directories that have something to show. */
export function filledDirectories({ nodes }: Catalogue, { totals }: Snapshot): ReadonlySet<number> {
  const filled = new Set<number>()
  for (const [number, shown] of totals.shown.entries()) {
    const folder = nodes.folders[number] ?? 0
    if (shown > 0 && nodes.parent[folder] === none) filled.add(folder)
  }
  return filled
}

/** A first look is at what the agent left: a directory that comes to have files is open. `before` are those that had. */
export function openFilledDirectories(
  folders: OpenFolders,
  catalogue: Catalogue,
  before: ReadonlySet<number>,
  after: Snapshot,
): void {
  makeRoom(folders, catalogue.nodes.count)
  for (const directory of filledDirectories(catalogue, after)) if (!before.has(directory)) folders.open[directory] = 1
}

function makeRoom(folders: OpenFolders, count: number): void {
  folders.open = grown(folders.open, count)
  folders.closedUnderFilter = grown(folders.closedUnderFilter, count)
}
