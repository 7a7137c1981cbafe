import { z } from 'zod'

const knownNumber = z.number().int().nonnegative()

/** One file as the API gave it. Only what a file cannot be shown or fetched without makes an entry malformed. */
const wireFileSchema = z.object({
  id: z.string().min(1),
  agentId: z.string().catch(''),
  executionId: z.string().catch(''),
  directory: z.string().min(1).optional().catch(undefined),
  filePath: z.string().min(1),
  fileName: z.string().catch(''),
  /** Bytes; null when absent, negative or not a number. */
  fileSize: knownNumber.nullable().catch(null),
  // Often absent, and quicker to allow than to catch.
  mimeType: z.string().nullish().catch(null),
  createdBy: z.string().catch(''),
  createdAt: z.string().catch(''),
  updatedAt: z.string().catch(''),
  downloadUrl: z.string().min(1),
})

export type WireFile = Omit<Readonly<z.infer<typeof wireFileSchema>>, 'directory' | 'mimeType'> & {
  readonly directory: string
  readonly mimeType: string | null
}

/** Reads one entry of a listing; null when it is malformed. `group` is the directory that it was listed in. */
export function parseFile(entry: unknown, group: string): WireFile | null {
  const file = wireFileSchema.safeParse(entry)
  if (!file.success) return null
  // The entry's own directory says where it lives; the group is only where it was listed.
  return { ...file.data, directory: file.data.directory ?? group, mimeType: file.data.mimeType ?? null }
}
