import { z } from 'zod'

/** The agent's five directories, in the order in which they are always shown. */
export const directoryNames = ['uploads', 'downloads', 'workspace', 'shared', 'debug'] as const

/** Where an execution is served from: the signed-in account's API, or the embedded sample. */
export const sourceSchema = z.enum(['account', 'sample'])
export type Source = z.infer<typeof sourceSchema>

export const accountSchema = z
  .object({
    base: z.string(),
    signedIn: z.boolean(),
    /** Where the key is kept. A `session` key is forgotten when the app quits. */
    keptIn: z.enum(['keychain', 'session', 'environment', 'nowhere']),
  })
  .readonly()
export type Account = z.infer<typeof accountSchema>

export const recentSchema = z
  .object({ executionId: z.string(), source: sourceSchema, label: z.string(), openedAt: z.number() })
  .readonly()
export type Recent = z.infer<typeof recentSchema>

/** One visible row of the tree. `node` names the file or folder within its listing's `generation`. */
export const rowSchema = z
  .object({
    node: z.number(),
    kind: z.enum(['directory', 'folder', 'file']),
    name: z.string(),
    /** 1 for the directories. */
    level: z.number(),
    position: z.number(),
    setSize: z.number(),
    open: z.boolean(),
    /** Row number of the folder that this row is in, or -1. */
    parentRow: z.number(),
    /** Bytes; of a folder, of all below it that is known; null when unknown. */
    size: z.number().nullable(),
    /** Files below a folder; 1 for a file. */
    fileCount: z.number(),
    updatedAt: z.string().nullable(),
    createdBy: z.string().nullable(),
    mimeType: z.string().nullable(),
  })
  .readonly()
export type Row = z.infer<typeof rowSchema>

export const sortSchema = z
  .object({
    column: z.enum(['name', 'size', 'updatedAt', 'createdBy', 'mimeType']),
    direction: z.enum(['ascending', 'descending']),
  })
  .readonly()
export type Sort = z.infer<typeof sortSchema>

/** What the window knows of an open listing; its rows are asked for a window at a time. */
export const listingSchema = z
  .object({
    executionId: z.string(),
    source: sourceSchema,
    generation: z.number(),
    rowCount: z.number(),
    fileCount: z.number(),
    totalSize: z.number(),
    /** Entries of the answer that could not be understood and were left out. */
    leftOut: z.number(),
    lastUpdated: z.string().nullable(),
    loadedAt: z.number(),
    sort: sortSchema,
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

export const transferStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])

/** One download that a person asked for: a file, a folder or a whole run. Sizes in bytes. */
export const batchSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    target: z.string(),
    state: transferStateSchema,
    fileCount: z.number(),
    doneCount: z.number(),
    failedCount: z.number(),
    totalBytes: z.number(),
    receivedBytes: z.number(),
    /** Bytes a second, smoothed. */
    speed: z.number(),
    secondsLeft: z.number().nullable(),
    /** The first few failures, each naming its file. */
    failures: z.array(z.object({ path: z.string(), message: z.string() }).readonly()).readonly(),
  })
  .readonly()
export type Batch = z.infer<typeof batchSchema>
