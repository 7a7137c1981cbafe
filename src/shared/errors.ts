import { z } from 'zod'

/**
 * An expected failure, as data: it crosses IPC whole, and the window switches over `kind`.
 *
 * `message` is one plain sentence for a person. It never holds a key, a download URL or a stack.
 */
export const appErrorSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('key-missing'), message: z.string() }),
    z.object({ kind: z.literal('unauthorized'), message: z.string() }),
    z.object({ kind: z.literal('not-found'), message: z.string() }),
    z.object({ kind: z.literal('rate-limited'), message: z.string(), retryAfterSeconds: z.number().nullable() }),
    z.object({ kind: z.literal('server-error'), message: z.string(), status: z.number() }),
    z.object({ kind: z.literal('bad-response'), message: z.string() }),
    z.object({ kind: z.literal('too-large'), message: z.string() }),
    z.object({
      kind: z.literal('offline'),
      message: z.string(),
      cause: z.enum(['dns', 'refused', 'proxy', 'reset', 'tls', 'network']),
    }),
    z.object({ kind: z.literal('timed-out'), message: z.string() }),
    z.object({ kind: z.literal('cancelled'), message: z.string() }),
    z.object({ kind: z.literal('invalid-input'), message: z.string() }),
    z.object({ kind: z.literal('unsafe-url'), message: z.string() }),
    z.object({ kind: z.literal('link-expired'), message: z.string(), status: z.number() }),
    z.object({ kind: z.literal('wrong-size'), message: z.string() }),
    z.object({ kind: z.literal('disk-full'), message: z.string() }),
    z.object({ kind: z.literal('disk'), message: z.string(), code: z.string() }),
    z.object({ kind: z.literal('keychain-missing'), message: z.string() }),
    z.object({ kind: z.literal('keychain-locked'), message: z.string() }),
    z.object({ kind: z.literal('keychain-slow'), message: z.string() }),
    z.object({ kind: z.literal('unexpected'), message: z.string(), reference: z.string() }),
  ])
  .readonly()

export type AppError = z.infer<typeof appErrorSchema>

/** What every command answers: the value, or an expected failure. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }
