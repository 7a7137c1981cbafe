import { readFileSync } from 'node:fs'
import { z } from 'zod'

const packageSchema = z.object({ version: z.string() })

/** The version of the package that this program is part of: two folders up, both from its source and from the build. */
export function version(programUrl: string): string {
  const text = readFileSync(new URL('../../package.json', programUrl), 'utf8')
  return packageSchema.parse(JSON.parse(text)).version
}
