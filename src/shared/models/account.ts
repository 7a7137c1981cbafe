import { z } from 'zod'
import { appErrorSchema } from '../errors.ts'

export const accountSchema = z
  .object({
    base: z.string(),
    signedIn: z.boolean(),
    /** Where the key is kept. A `session` key is forgotten when the app quits. */
    keptIn: z.enum(['keychain', 'session', 'environment', 'nowhere']),
    /** Whether the API accepted the key when it was entered; false says nothing against it. */
    verified: z.boolean(),
    /** Why the keychain could not be asked for a key, or null; also while a key is kept for the session. */
    problem: appErrorSchema.nullable(),
  })
  .readonly()
export type Account = z.infer<typeof accountSchema>
