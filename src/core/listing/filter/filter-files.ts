import type { Filter } from '../../../shared/models/listing.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import { fileKind, type NodeTable, nameOf, none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { fileTypes, typeOfMimeType } from '../index/file-type.ts'
import { changes, type Snapshot } from '../index/snapshot.ts'
import { addUpFolders, type FolderTotals, freeTotals, totalOfDirectories } from '../summary/folder-totals.ts'
import { type FoldedNames, findInNames } from './folded-names.ts'
import { findGlob, findText } from './glob.ts'
import type { Condition, Query } from './query.ts'

/** What a filter lets through. */
export type Matches = {
  /** By node: 1 for a file that matches. */
  readonly mask: Uint8Array
  /** What they add up to. */
  readonly totals: FolderTotals
  /** Matching files that are present, and their known bytes. */
  readonly fileCount: number
  readonly size: number
}

/** Whether a filter lets everything through. */
export function isEmptyFilter(filter: Filter, query: Query): boolean {
  return (
    query.terms.length === 0 &&
    filter.directories.length === 0 &&
    filter.types.length === 0 &&
    filter.creators.length === 0
  )
}

/**
 * Finds the files that pass the chips and every term of the query. `spare` is what an earlier filter let through, that
 * nobody looks at any more: its memory is used again, since the system takes as long to give more as the search takes.
 */
export function filterFiles(
  catalogue: Catalogue,
  snapshot: Snapshot,
  folded: FoldedNames,
  filter: Filter,
  query: Query,
  spare: Matches | null = null,
): Matches {
  const mask = markFiles(snapshot, spare?.mask ?? null)
  keepChips(catalogue, snapshot, filter, mask)
  for (const { not, condition } of query.terms) keep(catalogue, snapshot, folded, condition, not ? 1 : 0, mask)

  const totals = addUpFolders(catalogue.nodes, snapshot, mask)
  return { mask, totals, ...totalOfDirectories(catalogue.nodes, totals) }
}

// What goes through all nodes is in functions of its own, which the engine compiles for speed on their own.

function markFiles({ fileOf }: Snapshot, spare: Uint8Array | null): Uint8Array {
  const mask = spare?.length === fileOf.length ? spare : new Uint8Array(fileOf.length)
  for (let node = 0; node < fileOf.length; node += 1) mask[node] = fileOf[node] === none ? 0 : 1
  return mask
}

/** Takes out of the mask the nodes that were not found, or were when `dropped` is 1. */
function keepFound(mask: Uint8Array, found: Uint8Array, dropped: 0 | 1): void {
  for (let node = 0; node < mask.length; node += 1) mask[node] = (mask[node] ?? 0) & ((found[node] ?? 0) ^ dropped)
}

/** The same where what a folder's own path meets, everything below it meets too. */
function keepFoundPaths({ parent }: NodeTable, mask: Uint8Array, found: Uint8Array, dropped: 0 | 1): void {
  for (let node = 0; node < mask.length; node += 1) {
    const folder = parent[node] ?? none
    const isFound = (found[node] ?? 0) | (folder === none ? 0 : (found[folder] ?? 0))
    found[node] = isFound
    mask[node] = (mask[node] ?? 0) & (isFound ^ dropped)
  }
}

/** Gives the memory of matches back that nobody looks at any more. */
export function freeMatches({ mask, totals }: Matches): void {
  freeArrays(mask)
  freeTotals(totals)
}

/** Whether a node is among what a filter lets through, or holds something that is. */
export function isLetThrough(matches: Matches | null, nodes: NodeTable, node: number): boolean {
  if (matches === null) return true
  if (nodes.kind[node] === fileKind) return matches.mask[node] === 1
  return (matches.totals.shown[nodes.folderNumber[node] ?? none] ?? 0) > 0
}

function keepChips(catalogue: Catalogue, snapshot: Snapshot, filter: Filter, mask: Uint8Array): void {
  const { files } = snapshot
  if (filter.types.length > 0) {
    const wanted = fileTypes.map((type) => filter.types.includes(type))
    dropFiles(snapshot, mask, (index) => wanted[files.type[index] ?? 0] !== true)
  }
  if (filter.creators.length > 0) {
    const wanted = catalogue.creators.texts.map((creator) => filter.creators.includes(creator))
    dropFiles(snapshot, mask, (index) => wanted[files.creator[index] ?? 0] !== true)
  }
  if (filter.directories.length > 0) {
    const within = handedDown(catalogue, (node) => filter.directories.includes(nameOf(catalogue.nodes, node)))
    dropFiles(snapshot, mask, (index) => within[files.node[index] ?? 0] !== 1)
  }
}

/** Takes out of the mask the files for which the condition is not met, or is when `dropped` is 1. */
function keep(
  catalogue: Catalogue,
  snapshot: Snapshot,
  folded: FoldedNames,
  condition: Condition,
  dropped: 0 | 1,
  mask: Uint8Array,
): void {
  const { files } = snapshot
  const { nodes } = catalogue
  const dropUnless = (meets: (index: number) => boolean) =>
    dropFiles(snapshot, mask, (index) => meets(index) === (dropped === 1))
  const dropByNode = (found: Uint8Array) => keepFound(mask, found, dropped)
  const dropByPath = (found: Uint8Array) => keepFoundPaths(nodes, mask, found, dropped)
  switch (condition.kind) {
    case 'text':
      dropByPath(findText(folded, nodes, condition.text))
      break
    case 'glob': {
      const found = findGlob(folded, nodes, condition.pattern)
      // One without a slash is about the file's own name, and a folder's does not count.
      if (condition.pattern.includes('/')) dropByPath(found)
      else dropByNode(found)
      break
    }
    case 'name':
      dropByNode(findInNames(folded, condition.text.replaceAll('\n', '\0')))
      break
    case 'size':
      dropUnless((index) => isWithin(files.size[index] ?? -1, condition))
      break
    case 'modified':
      dropUnless((index) => isWithin(files.updatedAt.timeAt(index), condition))
      break
    case 'by': {
      const meets = catalogue.creators.texts.map((creator) => isBy(creator, condition.text))
      dropUnless((index) => meets[files.creator[index] ?? 0] === true)
      break
    }
    case 'type': {
      const ofType = fileTypes.map((type) => type.startsWith(condition.text))
      const ofName = findInNames(folded, `.${condition.text}\n`)
      const ofMimeType = catalogue.mimeTypes.texts.map((mimeType) => meetsType(mimeType, condition.text))
      dropUnless(
        (index) =>
          ofType[files.type[index] ?? 0] === true ||
          ofMimeType[files.mimeType[index] ?? 0] === true ||
          ofName[files.node[index] ?? 0] === 1,
      )
      break
    }
    case 'is':
      dropUnless((index) => snapshot.change[files.node[index] ?? 0] === changes[condition.change])
  }
}

/** `type:` also takes a MIME type, or either half of one. */
export function meetsType(mimeType: string, text: string): boolean {
  const bare = mimeType.toLowerCase()
  return bare.startsWith(text) || (bare.split('/')[1] ?? '').startsWith(text) || typeOfMimeType(bare) === text
}

/** `by:` takes the beginning of a creator's name. */
export function isBy(creator: string, text: string): boolean {
  return creator.toLowerCase().startsWith(text)
}

function isWithin(value: number, range: { readonly from: number; readonly to: number }): boolean {
  return value >= range.from && value <= range.to
}

function dropFiles({ files, shownFiles }: Snapshot, mask: Uint8Array, isOut: (index: number) => boolean): void {
  for (let index = 0; index < shownFiles; index += 1) {
    const node = files.node[index] ?? 0
    if (mask[node] === 1 && isOut(index)) mask[node] = 0
  }
}

/** Marks the directories that `isWanted` names, and all below them. */
function handedDown({ nodes }: Catalogue, isWanted: (node: number) => boolean): Uint8Array {
  const marked = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node += 1) {
    const folder = nodes.parent[node] ?? none
    if (folder === none ? isWanted(node) : marked[folder] === 1) marked[node] = 1
  }
  return marked
}
