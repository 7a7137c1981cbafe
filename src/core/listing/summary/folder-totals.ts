import type { FileColumns } from '../columns/file-columns.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import { type NodeTable, none } from '../columns/node-table.ts'

/** What files add up to, by the number of the folder (`folderNumber` of a node). */
export type FolderTotals = {
  /** Files right in the folder that are on show, also those that are gone. */
  readonly own: Int32Array
  /** The same of all below it. */
  readonly shown: Int32Array
  /** Of these, the files that are present. Where none is gone, the same array. */
  readonly present: Int32Array
  /** Their known bytes. */
  readonly bytes: Float64Array
}

/** What is added up: the files of an answer that are on show, of which the first `presentCount` are present. */
export type AddedFiles = {
  readonly files: Pick<FileColumns, 'node' | 'size'>
  readonly presentCount: number
  readonly shownFiles: number
}

/** Adds up files, folder by folder; with a mask, by node, those that are marked in it. */
export function addUpFolders(
  { folderNumber, folders, folderCount, parent }: NodeTable,
  { files: { node: nodeOf, size: sizeOf }, presentCount, shownFiles }: AddedFiles,
  mask: Uint8Array | null,
): FolderTotals {
  const own = new Int32Array(folderCount)
  const gone = new Int32Array(shownFiles === presentCount ? 0 : folderCount)
  const bytes = new Float64Array(folderCount)
  // What is added up for one folder, as most files are in the folder of the one before.
  let folder = none
  let count = 0
  let sum = 0
  const put = () => {
    if (folder === none) return
    own[folder] = (own[folder] ?? 0) + count
    bytes[folder] = (bytes[folder] ?? 0) + sum
    count = 0
    sum = 0
  }
  for (let index = 0; index < presentCount; index += 1) {
    const node = nodeOf[index] ?? 0
    if (mask !== null && mask[node] !== 1) continue
    const number = folderNumber[node] ?? none
    if (number !== folder) {
      put()
      folder = number
    }
    count += 1
    const size = sizeOf[index] ?? 0
    if (size > 0) sum += size
  }
  put()
  for (let index = presentCount; index < shownFiles; index += 1) {
    const node = nodeOf[index] ?? 0
    if (mask !== null && mask[node] !== 1) continue
    const number = folderNumber[node] ?? none
    own[number] = (own[number] ?? 0) + 1
    gone[number] = (gone[number] ?? 0) + 1
  }

  const shown = own.slice()
  for (let number = folderCount - 1; number >= 0; number -= 1) {
    const above = folderNumber[parent[folders[number] ?? none] ?? none]
    if (above === undefined) continue
    shown[above] = (shown[above] ?? 0) + (shown[number] ?? 0)
    bytes[above] = (bytes[above] ?? 0) + (bytes[number] ?? 0)
    if (gone.length > 0) gone[above] = (gone[above] ?? 0) + (gone[number] ?? 0)
  }
  const present = gone.length === 0 ? shown : shown.map((files, number) => files - (gone[number] ?? 0))
  return { own, shown, present, bytes }
}

/** The present files of all directories, and their known bytes. */
export function totalOfDirectories(
  { folders, parent }: NodeTable,
  { present, bytes }: FolderTotals,
): { readonly fileCount: number; readonly size: number } {
  const total = { fileCount: 0, size: 0 }
  for (let number = 0; number < present.length; number += 1) {
    if (parent[folders[number] ?? 0] !== none) continue
    total.fileCount += present[number] ?? 0
    total.size += bytes[number] ?? 0
  }
  return total
}

/** Gives their memory back. */
export function freeTotals({ own, shown, present, bytes }: FolderTotals): void {
  freeArrays(own, shown, present, bytes)
}
