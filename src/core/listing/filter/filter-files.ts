import type { Filter } from '../../../shared/models/listing.ts'
import { nameOf, none } from '../columns/node-table.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { fileTypes, typeOfMimeType } from '../index/file-type.ts'
import { changes, type Snapshot } from '../index/snapshot.ts'
import { type FoldedNames, findInNames } from './folded-names.ts'
import { findGlob, findText } from './glob.ts'
import type { Condition, Query } from './query.ts'

/** What a filter lets through. */
export type Matches = {
  /** By node: 1 for a file that matches. */
  readonly mask: Uint8Array
  /** By node: the matching files at or below it that are on show, also those that are gone. */
  readonly shownCount: Int32Array
  /** By node: the matching files at or below it that are present, and their known bytes. */
  readonly fileCounts: Int32Array
  readonly sizes: Float64Array
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

/** Finds the files that pass the chips and every term of the query. */
export function filterFiles(
  catalogue: Catalogue,
  snapshot: Snapshot,
  folded: FoldedNames,
  filter: Filter,
  query: Query,
): Matches {
  const { nodes } = catalogue
  const { files, shownFiles } = snapshot
  const mask = new Uint8Array(nodes.count)
  for (let index = 0; index < shownFiles; index += 1) mask[files.node[index] ?? 0] = 1
  keepChips(catalogue, snapshot, filter, mask)
  for (const { not, condition } of query.terms) keep(catalogue, snapshot, folded, condition, not ? 1 : 0, mask)

  return { mask, ...addUp(catalogue, snapshot, mask) }
}

/** Adds up the files of a mask, folder by folder: parents have smaller numbers. */
function addUp({ nodes }: Catalogue, snapshot: Snapshot, mask: Uint8Array): Omit<Matches, 'mask'> {
  const { files, fileOf, presentCount, shownFiles } = snapshot
  const shownCount = new Int32Array(nodes.count)
  // Where nothing is gone, both are the same.
  const fileCounts = shownFiles === presentCount ? shownCount : new Int32Array(nodes.count)
  const sizes = new Float64Array(nodes.count)
  let fileCount = 0
  let size = 0
  for (let node = nodes.count - 1; node >= 0; node -= 1) {
    if (mask[node] === 1) {
      shownCount[node] = 1
      const index = fileOf[node] ?? none
      if (index < presentCount) {
        const bytes = Math.max(0, files.size[index] ?? 0)
        fileCounts[node] = 1
        sizes[node] = bytes
        fileCount += 1
        size += bytes
      }
    }
    const parent = nodes.parent[node] ?? none
    const shown = shownCount[node] ?? 0
    if (parent === none || shown === 0) continue
    shownCount[parent] = (shownCount[parent] ?? 0) + shown
    if (fileCounts !== shownCount) fileCounts[parent] = (fileCounts[parent] ?? 0) + (fileCounts[node] ?? 0)
    sizes[parent] = (sizes[parent] ?? 0) + (sizes[node] ?? 0)
  }
  return { shownCount, fileCounts, sizes, fileCount, size }
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
  const dropByNode = (found: Uint8Array) => {
    for (let node = 0; node < nodes.count; node += 1) if (found[node] === dropped) mask[node] = 0
  }
  switch (condition.kind) {
    case 'text':
      dropByNode(spread(catalogue, findText(folded, nodes, condition.text)))
      break
    case 'glob': {
      const found = findGlob(folded, nodes, condition.pattern)
      // One without a slash is about the file's own name, and a folder's does not count.
      dropByNode(condition.pattern.includes('/') ? spread(catalogue, found) : found)
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
function handedDown(catalogue: Catalogue, isWanted: (node: number) => boolean): Uint8Array {
  const marked = new Uint8Array(catalogue.nodes.count)
  for (let node = 0; node < catalogue.nodes.count; node += 1)
    if (catalogue.nodes.parent[node] === none && isWanted(node)) marked[node] = 1
  return spread(catalogue, marked)
}

/** What a folder's own path meets, everything below it meets too. Changes the mask that it is given. */
function spread({ nodes }: Catalogue, found: Uint8Array): Uint8Array {
  const { parent, count } = nodes
  for (let node = 0; node < count; node += 1) {
    const above = parent[node] ?? none
    if (above !== none && found[above] === 1) found[node] = 1
  }
  return found
}
