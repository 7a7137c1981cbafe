import { z } from 'zod'
import { appErrorSchema } from '../errors.ts'

/** Where the staged copy of one file stands; a file that is not staged has none. */
export const stagedSchema = z
  .object({
    listing: z.number(),
    node: z.number(),
    status: z.discriminatedUnion('state', [
      /** Bytes so far, and in all; null when the size is unknown. */
      z.object({ state: z.literal('fetching'), received: z.number(), size: z.number().nullable() }).readonly(),
      z.object({ state: z.literal('ready') }).readonly(),
      /** Past the limits for copies made ahead, or more files than a drag takes. */
      z.object({ state: z.literal('too-large') }).readonly(),
      z.object({ state: z.literal('failed'), error: appErrorSchema }).readonly(),
      /** Given up for something else, or without a reason that says anything: it has no copy, nor one on its way. */
      z.object({ state: z.literal('dropped') }).readonly(),
    ]),
  })
  .readonly()
export type Staged = z.infer<typeof stagedSchema>
