import { readdir } from 'node:fs/promises'
import path from 'node:path'

/** How the memory of a folder is named, before the id of the run that it is kept in step with. */
const memoryPrefix = '.asteroid-files-'

/** Where a folder's memory of a run lies. */
export function memoryFile(folder: string, executionId: string): string {
  return path.join(folder, `${memoryPrefix}${executionId}`)
}

/**
 * The other run that a folder is kept in step with, or null: of two runs in one folder, each would leave out what has a name of
 * the other.
 */
export async function otherRunOf(folder: string, executionId: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => [])
  const runs = names.filter((name) => name.startsWith(memoryPrefix)).map((name) => name.slice(memoryPrefix.length))
  return runs.includes(executionId) ? null : (runs[0] ?? null)
}
