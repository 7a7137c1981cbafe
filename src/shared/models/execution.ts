import { z } from 'zod'

/** The agent's five directories, in the order in which they are always shown. */
export const directoryNames = ['uploads', 'downloads', 'workspace', 'shared', 'debug'] as const

/** Where an execution is served from: the signed-in account's API, or the embedded sample. */
export const sourceSchema = z.enum(['account', 'sample'])
export type Source = z.infer<typeof sourceSchema>

/** Names one execution: its id alone is not enough, since the sample is served from elsewhere. */
export const executionKeySchema = z.object({ executionId: z.uuid(), source: sourceSchema }).readonly()
export type ExecutionKey = z.infer<typeof executionKeySchema>

/** What the optional calls of the API tell of a run; each field may be missing. */
export const executionInfoSchema = z
  .object({
    agentName: z.string().nullable(),
    /** As the API gave it; `completed`, `cancelled` and `failed` are the ends that are known. */
    status: z.string().nullable(),
    createdAt: z.number().nullable(),
    endedAt: z.number().nullable(),
  })
  .readonly()
export type ExecutionInfo = z.infer<typeof executionInfoSchema>

/** An execution that was opened on this computer. Times in milliseconds since 1970. */
export const recentSchema = z
  .object({
    executionId: z.string(),
    source: sourceSchema,
    label: z.string(),
    pinned: z.boolean(),
    openedAt: z.number(),
    info: executionInfoSchema.nullable(),
    /** The folder that it was last kept in step with. */
    inStepFolder: z.string().optional(),
  })
  .readonly()
export type Recent = z.infer<typeof recentSchema>
