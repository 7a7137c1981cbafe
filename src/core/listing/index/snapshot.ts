import type { Listing } from '../../../shared/models/listing.ts'
import { copyFile, type FileColumns, freeFiles } from '../columns/file-columns.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import { fileKind, none } from '../columns/node-table.ts'
import { addUpFolders, type FolderTotals, freeTotals } from '../summary/folder-totals.ts'
import type { Catalogue } from './catalogue.ts'

export const changes = { none: 0, new: 1, changed: 2, gone: 3 } as const

/**
 * One complete listing, placed in the tree and compared with the one before. Never changes once it is made.
 *
 * What the newest answer no longer has follows in `files` after `presentCount`, so that it can still be shown as gone.
 */
export type Snapshot = {
  readonly files: FileColumns
  readonly presentCount: number
  /** Files in all, with those that are gone. */
  readonly shownFiles: number
  /** By node: its index in `files`, or `none`. */
  readonly fileOf: Int32Array
  /** By node: one of `changes`. */
  readonly change: Uint8Array
  readonly changes: Listing['changes']
  readonly totals: FolderTotals
  /** The known bytes of the present files, and how many have a size that nobody knows. */
  readonly totalSize: number
  readonly unknownSizes: number
  readonly leftOut: number
  readonly lastUpdated: string | null
  readonly loadedAt: number
}

export type SnapshotFacts = Pick<Snapshot, 'leftOut' | 'lastUpdated' | 'loadedAt'>

/**
 * Places a listing. `before` is the one it is compared with, or null for the first look, when nothing is new; once that is
 * done, `onCompared` may give its memory back. Files may still be added to the columns afterwards; the snapshot is then
 * of those that were there.
 */
export function createSnapshot(
  catalogue: Catalogue,
  files: FileColumns,
  before: Snapshot | null,
  facts: SnapshotFacts,
  onCompared = () => {},
): Snapshot {
  const { nodes } = catalogue
  const presentCount = files.count
  const fileOf = new Int32Array(nodes.count).fill(none)
  for (let index = 0; index < presentCount; index += 1) fileOf[files.node[index] ?? 0] = index
  const change = new Uint8Array(nodes.count)
  const found = before ? markChanges(before, files, fileOf, change) : { added: 0, changed: 0, gone: 0 }
  onCompared()

  const shownFiles = files.count
  let totalSize = 0
  let unknownSizes = 0
  for (let index = 0; index < presentCount; index += 1) {
    const size = files.size[index] ?? -1
    if (size < 0) unknownSizes += 1
    else totalSize += size
  }
  return {
    files,
    presentCount,
    shownFiles,
    fileOf,
    change,
    changes: found,
    totals: addUpFolders(nodes, { files, presentCount, shownFiles }, null),
    totalSize,
    unknownSizes,
    ...facts,
  }
}

/** Gives the memory of a listing back that nobody looks at any more. */
export function freeSnapshot({ files, fileOf, change, totals }: Snapshot): void {
  freeFiles(files)
  freeArrays(fileOf, change)
  freeTotals(totals)
}

/** Whether a node has a row when all folders are open: the directories always have one. */
export function isShown(snapshot: Snapshot, catalogue: Catalogue, node: number): boolean {
  const { kind, folderNumber, parent } = catalogue.nodes
  if (kind[node] === fileKind) return (snapshot.fileOf[node] ?? none) !== none
  return (snapshot.totals.shown[folderNumber[node] ?? none] ?? 0) > 0 || parent[node] === none
}

/** Whether a node is in the newest answer: a file, or a folder with a file below it. */
export function isPresent(catalogue: Catalogue, snapshot: Snapshot, node: number): boolean {
  if (!isFolder(catalogue, node)) return presentFile(snapshot, node) !== none
  return (snapshot.totals.present[catalogue.nodes.folderNumber[node] ?? none] ?? 0) > 0
}

export function isFolder(catalogue: Catalogue, node: number): boolean {
  return catalogue.nodes.kind[node] !== fileKind
}

/** The index of a node's file in the newest answer; `none` for folders and for what is gone. */
export function presentFile(snapshot: Snapshot, node: number): number {
  const index = snapshot.fileOf[node] ?? none
  return index < snapshot.presentCount ? index : none
}

function markChanges(
  before: Snapshot,
  files: FileColumns,
  fileOf: Int32Array,
  change: Uint8Array,
): { added: number; changed: number; gone: number } {
  const found = { added: 0, changed: 0, gone: 0 }
  const presentCount = files.count
  for (let index = 0; index < presentCount; index += 1) {
    const node = files.node[index] ?? 0
    const earlier = presentFile(before, node)
    if (earlier === none) {
      change[node] = changes.new
      found.added += 1
    } else if (differs(before.files, earlier, files, index)) {
      change[node] = changes.changed
      found.changed += 1
    }
  }
  for (let earlier = 0; earlier < before.presentCount; earlier += 1) {
    const node = before.files.node[earlier] ?? 0
    if (fileOf[node] !== none) continue
    fileOf[node] = copyFile(before.files, earlier, files)
    change[node] = changes.gone
    found.gone += 1
  }
  return found
}

function differs(before: FileColumns, earlier: number, files: FileColumns, index: number): boolean {
  return (
    before.size[earlier] !== files.size[index] ||
    !Object.is(before.updatedAt.timeAt(earlier), files.updatedAt.timeAt(index)) ||
    before.mimeType[earlier] !== files.mimeType[index] ||
    before.creator[earlier] !== files.creator[index]
  )
}
