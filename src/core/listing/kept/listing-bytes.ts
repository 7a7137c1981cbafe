import { crc32 } from 'node:zlib'
import { z } from 'zod'
import {
  type Filter,
  filterSchema,
  type Place,
  placeSchema,
  type Sort,
  sortSchema,
} from '../../../shared/models/listing.ts'
import { createFileColumns, type FileColumns, type SmallNumbers } from '../columns/file-columns.ts'
import { intern } from '../columns/interner.ts'
import { numberFolders, rehash } from '../columns/node-table.ts'
import { createTextColumn, type TextColumnParts } from '../columns/text-column.ts'
import { createTimeColumn, type TimeColumn } from '../columns/time-column.ts'
import type { Catalogue } from '../index/catalogue.ts'
import type { Snapshot, SnapshotFacts } from '../index/snapshot.ts'

// A listing on disk: a head of 16 bytes (mark, version, checksum, length of the description), a description in JSON, and
// then the columns as they are in memory, each at a multiple of 8 bytes. Numbers are little-endian, as on every
// processor that the app runs on. It holds no links.
const mark = 0x5346_4c41
const version = 5
const headLength = 16

const pairs = z.array(z.tuple([z.number(), z.string()]))
const descriptionSchema = z.object({
  loadedAt: z.number(),
  lastUpdated: z.string().nullable(),
  leftOut: z.number(),
  sort: sortSchema,
  filter: filterSchema,
  place: placeSchema,
  fileCount: z.number(),
  nodeCount: z.number(),
  creators: z.array(z.string()),
  mimeTypes: z.array(z.string()),
  prefixes: z.array(z.string()),
  oddPaths: pairs,
  oddNames: pairs,
  repeats: z.array(z.tuple([z.number(), z.number()])),
  /** Bytes of each column. */
  lengths: z.array(z.number()),
  /** From when on each column of times counts. */
  bases: z.array(z.number()),
  /** What each column of texts begins with, and how often. */
  leads: z.array(z.object({ text: z.string(), count: z.number() })),
})
type Description = z.infer<typeof descriptionSchema>

/** How a person left a listing. `open` has 1 for each folder's node that is open, `picks` for each node that is picked. */
export type KeptView = {
  readonly sort: Sort
  readonly filter: Filter
  readonly open: Uint8Array
  readonly picks: Uint8Array
  readonly place: Place
}

/** Puts a listing into bytes, without links. Everything in the catalogue is kept, so that numbers stay as they are. */
export function listingToBytes(catalogue: Catalogue, snapshot: Snapshot, view: KeptView): Uint8Array {
  const { nodes } = catalogue
  const { files, presentCount } = snapshot
  const leads: TextColumnParts['lead'][] = []
  const bases: number[] = []
  const textColumns = ({ bytes, starts, lead }: TextColumnParts) => {
    leads.push(lead)
    return [bytes, starts]
  }
  const timeColumns = (column: TimeColumn) => {
    const { base, times, digits, others } = column.parts()
    bases.push(base)
    return [times, digits, ...textColumns(others)]
  }
  const columns = [
    nodes.parent.subarray(0, nodes.count),
    nodes.kind.subarray(0, nodes.count),
    nodes.nameStart.subarray(0, nodes.count + 1),
    nodes.names.bytes.subarray(0, nodes.names.length),
    Int32Array.from(catalogue.prefixFolders),
    view.open.subarray(0, nodes.count),
    view.picks.subarray(0, nodes.count),
    files.node.subarray(0, presentCount),
    files.size.subarray(0, presentCount),
    files.creator.subarray(0, presentCount),
    files.mimeType.subarray(0, presentCount),
    files.type.subarray(0, presentCount),
    files.prefix.subarray(0, presentCount),
    files.uuid.subarray(0, presentCount * 16),
    ...textColumns(files.otherId.parts()),
    ...textColumns(files.agentId.parts()),
    ...textColumns(files.executionId.parts()),
    ...timeColumns(files.createdAt),
    ...timeColumns(files.updatedAt),
  ].map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  const description: Description = {
    loadedAt: snapshot.loadedAt,
    lastUpdated: snapshot.lastUpdated,
    leftOut: snapshot.leftOut,
    sort: view.sort,
    filter: view.filter,
    place: view.place,
    fileCount: presentCount,
    nodeCount: nodes.count,
    creators: catalogue.creators.texts,
    mimeTypes: catalogue.mimeTypes.texts,
    prefixes: catalogue.prefixes.texts,
    oddPaths: [...files.oddPaths],
    oddNames: [...files.oddNames],
    repeats: [...nodes.repeats],
    lengths: columns.map((column) => column.length),
    bases,
    leads,
  }
  const text = Buffer.from(JSON.stringify(description))
  const total = columns.reduce((sum, column) => aligned(sum) + column.length, aligned(headLength + text.length))
  const bytes = new Uint8Array(total)
  bytes.set(text, headLength)
  let at = aligned(headLength + text.length)
  for (const column of columns) {
    at = aligned(at)
    bytes.set(column, at)
    at += column.length
  }
  const head = new DataView(bytes.buffer)
  head.setUint32(0, mark, true)
  head.setUint32(4, version, true)
  head.setUint32(12, text.length, true)
  head.setUint32(8, crc32(bytes.subarray(12)), true)
  return bytes
}

/** Tells a listing's bytes from those of any other. */
export function checksumOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
}

/** Fills an empty catalogue from bytes; null, and the catalogue as it was, when they are damaged or of another version. */
export function listingFromBytes(
  catalogue: Catalogue,
  bytes: Uint8Array,
): { readonly files: FileColumns; readonly facts: SnapshotFacts; readonly view: KeptView } | null {
  const description = readDescription(bytes)
  if (!description) return null
  const { fileCount, nodeCount, lengths, bases, leads } = description
  // A buffer of Node's would share its memory with its slices.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = aligned(headLength + new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true))
  let column = 0
  const take = () => {
    const start = aligned(at)
    at = start + (lengths[column] ?? 0)
    column += 1
    return plain.slice(start, at)
  }
  const uint8 = take
  const int32 = () => new Int32Array(take().buffer)
  const smallNumbers = (): SmallNumbers => {
    const { buffer } = take()
    return buffer.byteLength === fileCount * 2 ? new Uint16Array(buffer) : new Uint32Array(buffer)
  }
  const uint32 = () => new Uint32Array(take().buffer)
  const float64 = () => new Float64Array(take().buffer)
  /** So many numbers, of four or of eight bytes. */
  const fourOrEight = ({ buffer }: { readonly buffer: ArrayBuffer }, count: number) =>
    buffer.byteLength === count * 4 ? new Int32Array(buffer) : new Float64Array(buffer)
  let texts = 0
  let timeColumns = 0
  const text = (count: number): TextColumnParts => {
    const lead = leads[texts] ?? { text: '', count: 0 }
    texts += 1
    // What was gone when it was kept is not among the files, but may be in the column.
    return { count, bytes: uint8(), starts: float64(), lead: { ...lead, count: Math.min(lead.count, count) } }
  }

  const { nodes } = catalogue
  nodes.count = nodeCount
  nodes.parent = int32()
  nodes.kind = uint8()
  nodes.nameStart = uint32()
  nodes.names.bytes = uint8()
  nodes.names.length = nodes.names.bytes.length
  for (const [node, next] of description.repeats) nodes.repeats.set(node, next)
  rehash(nodes, 2 ** Math.ceil(Math.log2(Math.max(64, nodeCount * 1.4))))
  numberFolders(nodes)
  for (const folder of int32()) catalogue.prefixFolders.push(folder)
  const open = uint8()
  const picks = uint8()
  for (const each of description.prefixes) intern(catalogue.prefixes, each)
  for (const each of description.creators) intern(catalogue.creators, each)
  for (const each of description.mimeTypes) intern(catalogue.mimeTypes, each)

  const files: FileColumns = {
    ...createFileColumns(),
    count: fileCount,
    node: int32(),
    size: fourOrEight(take(), fileCount),
    creator: smallNumbers(),
    mimeType: smallNumbers(),
    type: uint8(),
    prefix: int32(),
    uuid: uint8(),
    otherId: createTextColumn(text(fileCount)),
    agentId: createTextColumn(text(fileCount)),
    executionId: createTextColumn(text(fileCount)),
    createdAt: time(),
    updatedAt: time(),
    oddPaths: new Map(description.oddPaths),
    oddNames: new Map(description.oddNames),
  }
  function time(): TimeColumn {
    const bytes = take()
    const digits = uint8()
    const times = fourOrEight(bytes, digits.length)
    const base = bases[timeColumns] ?? 0
    timeColumns += 1
    const others = digits.reduce((count, each) => count + (each === 255 ? 1 : 0), 0)
    return createTimeColumn({ base, times, digits, others: text(others) })
  }
  const { loadedAt, lastUpdated, leftOut, sort, filter, place } = description
  return { files, facts: { loadedAt, lastUpdated, leftOut }, view: { sort, filter, open, picks, place } }
}

function readDescription(bytes: Uint8Array): Description | null {
  if (bytes.length < headLength) return null
  const head = new DataView(bytes.buffer, bytes.byteOffset)
  if (head.getUint32(0, true) !== mark || head.getUint32(4, true) !== version) return null
  if (checksumOf(bytes) !== crc32(bytes.subarray(12))) return null
  const text = Buffer.from(bytes.subarray(headLength, headLength + head.getUint32(12, true))).toString('utf8')
  return descriptionSchema.safeParse(JSON.parse(text)).data ?? null
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8
}
