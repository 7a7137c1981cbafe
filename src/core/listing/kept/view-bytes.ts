import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { filterSchema, placeSchema, sortSchema } from '../../../shared/models/listing.ts'
import type { KeptView } from './listing-bytes.ts'

/** The kept listing that a view was had of: its numbers of nodes mean nothing in any other. */
export type ViewedListing = { readonly checksum: number; readonly nodeCount: number }

// A view on disk: a head of 8 bytes (version, checksum of the rest), and the rest in JSON. The bytes a node are
// compressed, since most are alike: a view of a million files with all selected takes some kilobytes.
const version = 1
const headLength = 8

const contentSchema = z.object({
  listing: z.number(),
  sort: sortSchema,
  filter: filterSchema,
  place: placeSchema,
  open: z.string(),
  picks: z.string(),
})
type Content = z.infer<typeof contentSchema>

export function viewToBytes({ sort, filter, place, open, picks }: KeptView, of: ViewedListing): Uint8Array {
  const packed = (marks: Uint8Array) => deflateSync(marks.subarray(0, of.nodeCount)).toString('base64')
  const content: Content = { listing: of.checksum, sort, filter, place, open: packed(open), picks: packed(picks) }
  const bytes = Buffer.concat([Buffer.alloc(headLength), Buffer.from(JSON.stringify(content))])
  bytes.writeUInt32LE(version, 0)
  bytes.writeUInt32LE(crc32(bytes.subarray(headLength)), 4)
  return bytes
}

/** Null when the bytes are damaged, of another version, or tell of another listing. */
export function viewFromBytes(bytes: Uint8Array, of: ViewedListing): KeptView | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (all.length < headLength || all.readUInt32LE(0) !== version) return null
  const rest = all.subarray(headLength)
  if (all.readUInt32LE(4) !== crc32(rest)) return null
  const content = contentSchema.safeParse(JSON.parse(rest.toString('utf8'))).data
  if (content?.listing !== of.checksum) return null
  const unpacked = (text: string) =>
    new Uint8Array(inflateSync(Buffer.from(text, 'base64'), { maxOutputLength: Math.max(1, of.nodeCount) }))
  const { sort, filter, place, open, picks } = content
  return { sort, filter, place, open: unpacked(open), picks: unpacked(picks) }
}
