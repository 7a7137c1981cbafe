import { z } from 'zod'

export const accountSchema = z
  .object({
    base: z.string(),
    signedIn: z.boolean(),
    /** Where the key is kept. A `session` key is forgotten when the app quits. */
    keptIn: z.enum(['keychain', 'session', 'environment', 'nowhere']),
  })
  .readonly()
export type Account = z.infer<typeof accountSchema>
