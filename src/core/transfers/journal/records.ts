import { z } from 'zod'
import { sourceSchema } from '../../../shared/models/execution.ts'
import { batchSchema, conflictPolicySchema } from '../../../shared/models/transfer.ts'
import { wholePaths } from '../layout.ts'

const count = z.number().int().min(0)
/** A file's number in its batch. Bounded, since an array is as long as its largest. */
const index = count.max(9_999_999)
const note = z.enum(['skipped', 'unchanged']).nullable()

/** The first line of a batch's journal: what was asked for. */
const batchRecordSchema = z.object({
  record: z.literal('batch'),
  version: z.literal(1),
  id: z.uuid(),
  kind: batchSchema.unwrap().shape.kind,
  title: z.string(),
  executionId: z.uuid(),
  source: sourceSchema,
  target: z.string(),
  layout: z.object({ leading: count, folder: z.string().nullable() }).default(wholePaths),
  conflicts: z.union([z.literal('ask'), conflictPolicySchema]),
  startedAt: z.number(),
  total: z.object({ fileCount: count, size: count, unknownSizes: count }),
  /** Whether every file of the run was asked for. */
  everything: z.boolean(),
})
export type BatchRecord = Readonly<z.infer<typeof batchRecordSchema>>

/** A file by what stays when its link does not: id, path, size, updatedAt. */
const plannedFileSchema = z.tuple([z.string(), z.string(), count.nullable(), z.string()])
export type PlannedFile = Readonly<z.infer<typeof plannedFileSchema>>

/** An archive that lies under its final name, and how it looked when it came there. */
const landedSchema = z.object({ place: z.string(), size: count, updatedAt: z.number() })
export type LandedArchive = Readonly<z.infer<typeof landedSchema>>

/** One line of a journal. There is never a link or a key in it. */
export const recordSchema = z.discriminatedUnion('record', [
  batchRecordSchema,
  z.object({ record: z.literal('boot'), boot: z.string() }),
  z.object({ record: z.literal('plan'), first: index, files: z.array(plannedFileSchema) }),
  z.object({ record: z.literal('planned'), count }),
  /** Part files that are about to be made, if their names are free: index, number of the part's name. */
  z.object({ record: z.literal('begun'), items: z.array(z.tuple([index, count])) }),
  /**
   * Part files that were made: until then, a file of that name is someone else's. Each thread adds its own, with its inode,
   * by which it is known again under its final name, should the line that tells of that be lost.
   */
  z.object({ record: z.literal('made'), items: z.array(z.tuple([index, count, z.number().nullable()])) }),
  z.object({
    record: z.literal('held'),
    index,
    bytes: count,
    validator: z.string().nullable(),
    /** Whether these bytes outlive a loss of power. */
    synced: z.boolean(),
    /** Of the version that they belong to. */
    size: count.nullable(),
    updatedAt: z.string(),
  }),
  z.object({ record: z.literal('dropped'), index }),
  /** An archive lies there, as we made it. */
  landedSchema.extend({ record: z.literal('landed') }),
  z.object({ record: z.literal('done'), items: z.array(z.tuple([index, note])) }),
  z.object({ record: z.literal('paused'), paused: z.boolean() }),
  z.object({ record: z.literal('over'), state: z.enum(['done', 'failed', 'cancelled', 'again']) }),
])
export type JournalRecord = z.infer<typeof recordSchema>
