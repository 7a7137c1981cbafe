import { z } from 'zod'
import { columns } from '../columns.ts'
import { appErrorSchema } from '../errors.ts'
import { executionInfoSchema, sourceSchema } from './execution.ts'

export const columnSchema = z.enum(columns)
export type Column = z.infer<typeof columnSchema>

export const sortSchema = z.object({ column: columnSchema, direction: z.enum(['ascending', 'descending']) }).readonly()
export type Sort = z.infer<typeof sortSchema>

/** What narrows the listing. `text` is in the query language; the lists are the filter chips, empty for any. */
export const filterSchema = z
  .object({
    text: z.string().max(1_000),
    /** Matches as one flat list of files rather than within their tree; of no account while nothing is filtered. */
    flat: z.boolean(),
    directories: z.array(z.string()).max(100).readonly(),
    types: z.array(z.string()).max(100).readonly(),
    creators: z.array(z.string()).max(100).readonly(),
  })
  .readonly()
export type Filter = z.infer<typeof filterSchema>

/** One visible row of the tree. `node` names the file or folder for as long as its listing is open, also across refreshes. */
export const rowSchema = z
  .object({
    node: z.number(),
    kind: z.enum(['directory', 'folder', 'file']),
    name: z.string(),
    /** `<directory>/<path within it>`. */
    path: z.string(),
    /** 1 for the directories. */
    level: z.number(),
    /** From 1, among its siblings on show. */
    position: z.number(),
    setSize: z.number(),
    open: z.boolean(),
    /** Row number of the folder that this row is in, or -1. */
    parentRow: z.number(),
    /** Bytes; of a folder, of all below it that is known and that the filter lets through; null when unknown. */
    size: z.number().nullable(),
    /** Files below a folder that the filter lets through; 1 for a file. */
    fileCount: z.number(),
    /** Further files below a folder, which the filter hides. */
    hiddenCount: z.number(),
    /** Milliseconds since 1970; null when unknown, and for folders. */
    updatedAt: z.number().nullable(),
    createdBy: z.string().nullable(),
    mimeType: z.string().nullable(),
    selected: z.boolean(),
    /** Where the filter matches within `name`: pairs of start and end, in UTF-16 units. */
    matches: z.array(z.tuple([z.number(), z.number()])).readonly(),
    /** What the last refresh found; `gone` rows stay until the next. */
    change: z.enum(['new', 'changed', 'gone']).nullable(),
  })
  .readonly()
export type Row = z.infer<typeof rowSchema>

/** Where a person is in the rows, by nodes: the row that the keyboard is on, and the first in view when that is not the list's first. */
export const placeSchema = z.object({ focus: z.number().nullable(), top: z.number().nullable() }).readonly()
export type Place = z.infer<typeof placeSchema>

const facetSchema = z.object({ name: z.string(), count: z.number() }).readonly()

/** What the window knows of an open listing; its rows are asked for a window at a time. Sizes in bytes. */
export const listingSchema = z
  .object({
    /** Names this open listing; a closed one's number is never used again. */
    listing: z.number(),
    executionId: z.string(),
    source: sourceSchema,
    /** Grows whenever rows move or change; rows of an older revision are out of date. */
    revision: z.number(),
    /** The revision at which rows last moved, or changed in more than in which of them are selected. */
    layoutRevision: z.number(),
    rowCount: z.number(),
    fileCount: z.number(),
    totalSize: z.number(),
    /** Files whose size the API did not say; `totalSize` is without them. */
    unknownSizes: z.number(),
    /** Entries of the answer that could not be understood and were left out. */
    leftOut: z.number(),
    lastUpdated: z.string().nullable(),
    /** When these files were listed; 0 while there is nothing to show yet. */
    loadedAt: z.number(),
    /** `cached` files come from this computer, while the API is asked or could not be. */
    freshness: z.enum(['fresh', 'cached']),
    /** A listing on its way, or null. */
    loading: z.object({ bytes: z.number(), files: z.number() }).readonly().nullable(),
    /** Why the last refresh failed, or null. */
    problem: appErrorSchema.nullable(),
    info: executionInfoSchema.nullable(),
    /** Whether the listing is refreshed by itself while the run goes on. */
    following: z.boolean(),
    sort: sortSchema,
    filter: filterSchema,
    /** What is to be said of the filter's text: where, and whether it is a fault, which was left out of the search. */
    filterNotes: z
      .array(z.object({ from: z.number(), to: z.number(), message: z.string(), isFault: z.boolean() }).readonly())
      .readonly(),
    /** Files that the filter lets through, and their known bytes. */
    matchCount: z.number(),
    matchSize: z.number(),
    /** `only` is the node that is selected, when it is one alone; folders count by what the filter lets through. */
    selection: z
      .object({ count: z.number(), only: z.number().nullable(), fileCount: z.number(), size: z.number() })
      .readonly(),
    /** Where the person was when this run was last open on this computer. */
    left: placeSchema,
    /** What the last refresh found. */
    changes: z.object({ added: z.number(), changed: z.number(), gone: z.number() }).readonly(),
    /** What the chips offer, with counts. */
    facets: z
      .object({
        directories: z.array(facetSchema).readonly(),
        types: z.array(facetSchema).readonly(),
        creators: z.array(facetSchema).readonly(),
      })
      .readonly(),
  })
  .readonly()
export type Listing = z.infer<typeof listingSchema>

/** Every field of one file that a person may see; never its download URL. */
export const fileDetailsSchema = z
  .object({
    id: z.string(),
    agentId: z.string(),
    executionId: z.string(),
    directory: z.string(),
    filePath: z.string(),
    fileName: z.string(),
    fileSize: z.number().nullable(),
    mimeType: z.string().nullable(),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    /** `<directory>/<path within it>`, as the tree shows it. */
    path: z.string(),
  })
  .readonly()
export type FileDetails = z.infer<typeof fileDetailsSchema>

/** What a folder or a selection adds up to, as far as the filter lets it through. Sizes in bytes, times in milliseconds since 1970. */
export const summarySchema = z
  .object({
    /** Of a folder; null for a selection. */
    path: z.string().nullable(),
    fileCount: z.number(),
    /** Further files in it that the filter hides. */
    hiddenCount: z.number(),
    folderCount: z.number(),
    size: z.number(),
    unknownSizes: z.number(),
    oldest: z.number().nullable(),
    newest: z.number().nullable(),
    /** The largest kinds first, at most 12. */
    byType: z.array(z.object({ type: z.string(), count: z.number(), size: z.number() }).readonly()).readonly(),
    /** What takes up space: the largest children first, at most 40. Empty for a selection. */
    largest: z
      .array(z.object({ node: z.number(), name: z.string(), size: z.number(), folder: z.boolean() }).readonly())
      .readonly(),
  })
  .readonly()
export type Summary = z.infer<typeof summarySchema>

export const detailsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), node: z.number(), file: fileDetailsSchema }).readonly(),
  z.object({ kind: z.literal('folder'), node: z.number(), summary: summarySchema }).readonly(),
])
export type Details = z.infer<typeof detailsSchema>

const selectionSchema = z.object({ what: z.literal('selection') }).readonly()
const listedSchema = z
  .object({ what: z.literal('nodes'), nodes: z.array(z.number().int().min(0)).min(1).max(10_000).readonly() })
  .readonly()

/** Rows that a person has picked: the selection, or some named one by one. */
export const pickedSchema = z.discriminatedUnion('what', [selectionSchema, listedSchema])
export type Picked = z.infer<typeof pickedSchema>

/** The files that an action is about. */
export const nodesSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('all') }).readonly(),
  z.object({ what: z.literal('matches') }).readonly(),
  selectionSchema,
  listedSchema,
])
export type Nodes = z.infer<typeof nodesSchema>
