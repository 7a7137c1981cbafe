import { z } from 'zod'
import { Failure } from '../failure.ts'

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
  mimeType: z.string().nullable().catch(null),
  createdBy: z.string().catch(''),
  createdAt: z.string().catch(''),
  updatedAt: z.string().catch(''),
  downloadUrl: z.string().min(1),
})

export type WireFile = Omit<Readonly<z.infer<typeof wireFileSchema>>, 'directory'> & { readonly directory: string }

/** A whole answer of the API: what was understood, and how many entries were not. */
export type WireListing = {
  readonly files: readonly WireFile[]
  /** Directories that the answer named, also those without files. */
  readonly directories: readonly string[]
  readonly leftOut: number
  readonly lastUpdated: string | null
}

const answerSchema = z.object({
  directories: z.record(z.string(), z.unknown()),
  lastUpdated: z.string().nullable().catch(null),
})

/**
 * Reads the answer of `GET /executions/{executionId}/files`.
 *
 * A malformed entry is counted and left out; it never costs the others. Throws `bad-response` when the whole is not
 * JSON or has no `directories`.
 */
export function parseListing(text: string): WireListing {
  const answer = answerSchema.safeParse(parseJson(text))
  if (!answer.success) throw badResponse('it has no list of directories')
  const files: WireFile[] = []
  let leftOut = 0
  for (const [directory, group] of Object.entries(answer.data.directories)) {
    if (!Array.isArray(group)) {
      if (group !== null) leftOut += 1
      continue
    }
    for (const entry of group) {
      const file = wireFileSchema.safeParse(entry)
      // The entry's own directory says where it lives; the group is only where it was listed.
      if (file.success) files.push({ ...file.data, directory: file.data.directory ?? directory })
      else leftOut += 1
    }
  }
  return { files, directories: Object.keys(answer.data.directories), leftOut, lastUpdated: answer.data.lastUpdated }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badResponse('it is not JSON')
  }
}

function badResponse(why: string): Failure {
  return new Failure({ kind: 'bad-response', message: `The server's answer could not be used: ${why}.` })
}
