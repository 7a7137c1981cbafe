import { z } from 'zod'
import { appErrorSchema } from '../errors.ts'
import { sourceSchema } from './execution.ts'

/** What to do where a file is already at the name that a transfer wants. */
export const conflictPolicySchema = z.enum(['keep-both', 'replace', 'skip', 'replace-if-newer', 'skip-if-same'])
export type ConflictPolicy = z.infer<typeof conflictPolicySchema>

/** Why a transfer waits. */
const waitReasonSchema = z.enum(['retry', 'rate-limited', 'offline', 'fresh-link', 'disk-full', 'conflict', 'key'])
export type WaitReason = z.infer<typeof waitReasonSchema>

/**
 * Where a transfer or a whole batch stands.
 *
 * `queued -> running -> (paused | waiting | verifying) -> done | failed | cancelled`; a failed or cancelled one may be
 * queued again.
 */
const transferStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued') }).readonly(),
  z.object({ state: z.literal('running') }).readonly(),
  z.object({ state: z.literal('paused') }).readonly(),
  z
    .object({
      state: z.literal('waiting'),
      reason: waitReasonSchema,
      /** When it tries again, in milliseconds since 1970; null when that hangs on the person or the disk. */
      until: z.number().nullable(),
      message: z.string(),
    })
    .readonly(),
  z.object({ state: z.literal('verifying') }).readonly(),
  z.object({ state: z.literal('done'), note: z.enum(['skipped', 'unchanged']).nullable() }).readonly(),
  z.object({ state: z.literal('failed'), error: appErrorSchema }).readonly(),
  z.object({ state: z.literal('cancelled') }).readonly(),
])
export type TransferState = z.infer<typeof transferStateSchema>

/** Which files of a batch to list. */
export const transferChoiceSchema = z.enum(['all', 'failed', 'renamed'])
export type TransferChoice = z.infer<typeof transferChoiceSchema>

/** One file of a batch. Sizes in bytes. */
export const transferSchema = z
  .object({
    /** Its number within the batch, from 0. */
    index: z.number(),
    /** `<directory>/<path within it>`. */
    path: z.string(),
    /** The path on disk, below the batch's folder; differs from `path` where a name had to be changed. */
    target: z.string(),
    renamed: z.boolean(),
    status: transferStateSchema,
    size: z.number().nullable(),
    received: z.number(),
  })
  .readonly()
export type Transfer = z.infer<typeof transferSchema>

/** One download that a person asked for: a file, a selection, a folder or a whole run; as files or as one archive. */
export const batchSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['files', 'archive', 'in-step']),
    title: z.string(),
    executionId: z.string(),
    source: sourceSchema,
    /** The folder that files go to, or the archive's own path. */
    target: z.string(),
    status: transferStateSchema,
    fileCount: z.number(),
    doneCount: z.number(),
    /** Done without being brought: left out by a rule or an answer, or there already. */
    skippedCount: z.number(),
    /** Those of the skipped that are there already as the run has them. */
    unchangedCount: z.number(),
    failedCount: z.number(),
    renamedCount: z.number(),
    /** Known bytes of all files. */
    totalBytes: z.number(),
    unknownSizes: z.number(),
    /** Bytes that are on disk; never more than `totalBytes` while sizes are known. */
    receivedBytes: z.number(),
    /** Bytes a second, smoothed. */
    speed: z.number(),
    secondsLeft: z.number().nullable(),
    startedAt: z.number(),
    endedAt: z.number().nullable(),
    /** A name that is taken, waiting for the person's answer. */
    conflict: z
      .object({
        path: z.string(),
        existingSize: z.number(),
        existingUpdatedAt: z.number(),
        newSize: z.number().nullable(),
        newUpdatedAt: z.number().nullable(),
      })
      .readonly()
      .nullable(),
    /** The first few failures, each naming its file. */
    failures: z.array(z.object({ path: z.string(), error: appErrorSchema }).readonly()).readonly(),
  })
  .readonly()
export type Batch = z.infer<typeof batchSchema>

/** A copy of one file that was downloaded to this computer. */
export const localCopySchema = z
  .object({
    /** The path on disk, for a person to read. */
    place: z.string(),
    /** As in the run; of an older version; changed on this computer; or no longer there. */
    state: z.enum(['same', 'older', 'changed', 'gone']),
  })
  .readonly()
export type LocalCopy = z.infer<typeof localCopySchema>
