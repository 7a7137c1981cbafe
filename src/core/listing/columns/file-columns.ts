import { freeArrays } from './free-arrays.ts'
import { grown } from './grown-array.ts'
import { createLinkColumn, type LinkColumn } from './link-column.ts'
import { createTextColumn, type TextColumn } from './text-column.ts'
import { createTimeColumn, type TimeColumn } from './time-column.ts'

/** The files of one answer of the API, a column a field, in the order in which they came. */
export type FileColumns = {
  count: number
  node: Int32Array
  /** Bytes; -1 when unknown. */
  size: Sizes
  /** Numbers of the catalogue's interned texts. */
  creator: SmallNumbers
  mimeType: SmallNumbers
  /** Index into `fileTypes`. */
  type: Uint8Array
  /** The catalogue's number of the directory and of `filePath` up to its last slash. */
  prefix: Int32Array
  /** 16 bytes for each id that is a UUID; the others are texts. */
  uuid: Uint8Array
  readonly otherId: TextColumn
  readonly agentId: TextColumn
  readonly executionId: TextColumn
  readonly createdAt: TimeColumn
  readonly updatedAt: TimeColumn
  readonly downloadUrl: LinkColumn
  /** By index: the few whose path or name, as the API gave it, is not what the tree shows. */
  readonly oddPaths: Map<number, string>
  readonly oddNames: Map<number, string>
}

/** Numbers that are mostly small: two bytes each until one needs more. */
export type SmallNumbers = Uint16Array | Uint32Array

/** The numbers with one more among them, which may be an array anew. */
export function withNumber(numbers: SmallNumbers, index: number, number: number): SmallNumbers {
  const wide = number > 0xffff && numbers instanceof Uint16Array ? Uint32Array.from(numbers) : numbers
  wide[index] = number
  return wide
}

/** Sizes are mostly whole numbers below 2 GiB: four bytes each until one is not. */
export type Sizes = Int32Array | Float64Array

/** The sizes with one more among them, which may be an array anew. */
export function withSize(sizes: Sizes, index: number, size: number): Sizes {
  const wide = (size | 0) !== size && sizes instanceof Int32Array ? Float64Array.from(sizes) : sizes
  wide[index] = size
  return wide
}

/** Empty columns, with as much room as another answer took, and a little more. */
export function createFileColumns(like: FileColumns | null = null): FileColumns {
  const room = 64 + Math.ceil((like?.count ?? 0) * 1.02)
  const textLike = (column: TextColumn | undefined) =>
    createTextColumn(null, { bytes: Math.ceil((column?.byteLength() ?? 0) * 1.02), count: room })
  return {
    count: 0,
    node: new Int32Array(room),
    size: new Int32Array(room),
    creator: new Uint16Array(room),
    mimeType: new Uint16Array(room),
    type: new Uint8Array(room),
    prefix: new Int32Array(room),
    uuid: new Uint8Array(room * 16),
    otherId: textLike(like?.otherId),
    agentId: textLike(like?.agentId),
    executionId: textLike(like?.executionId),
    createdAt: createTimeColumn(null, room),
    updatedAt: createTimeColumn(null, room),
    downloadUrl: createLinkColumn(like?.downloadUrl, room),
    oddPaths: new Map(),
    oddNames: new Map(),
  }
}

/** Makes room for one more file, and answers its index. */
export function addFile(files: FileColumns): number {
  const index = files.count
  files.count += 1
  files.node = grown(files.node, files.count)
  files.size = grown(files.size, files.count)
  files.creator = grown(files.creator, files.count)
  files.mimeType = grown(files.mimeType, files.count)
  files.type = grown(files.type, files.count)
  files.prefix = grown(files.prefix, files.count)
  files.uuid = grown(files.uuid, files.count * 16)
  return index
}

/** Appends a file of another answer as it stands there, for one that the newest answer no longer has. */
export function copyFile(from: FileColumns, index: number, to: FileColumns): number {
  const added = addFile(to)
  to.node[added] = from.node[index] ?? 0
  to.size = withSize(to.size, added, from.size[index] ?? -1)
  to.creator = withNumber(to.creator, added, from.creator[index] ?? 0)
  to.mimeType = withNumber(to.mimeType, added, from.mimeType[index] ?? 0)
  to.type[added] = from.type[index] ?? 0
  to.prefix[added] = from.prefix[index] ?? 0
  to.uuid.set(from.uuid.subarray(index * 16, index * 16 + 16), added * 16)
  for (const column of textColumns) to[column].append(from[column].at(index))
  const oddPath = from.oddPaths.get(index)
  if (oddPath !== undefined) to.oddPaths.set(added, oddPath)
  const oddName = from.oddNames.get(index)
  if (oddName !== undefined) to.oddNames.set(added, oddName)
  return added
}

/** Gives the memory of all columns back. */
export function freeFiles(files: FileColumns): void {
  freeArrays(files.node, files.size, files.creator, files.mimeType, files.type, files.prefix, files.uuid)
  for (const column of textColumns) files[column].free()
}

const textColumns = [
  'otherId',
  'agentId',
  'executionId',
  'createdAt',
  'updatedAt',
  'downloadUrl',
] as const satisfies readonly (keyof FileColumns)[]
