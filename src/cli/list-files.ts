import type { WireFile } from '../core/api/wire.ts'
import { pathWithinDirectory } from '../core/listing/entry-path.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'

/** Prints a run's files, one a line, in the API's order; answers the exit status. */
export async function listFiles(options: {
  readonly connected: Connected
  readonly executionId: string
  readonly path: string | null
  readonly json: boolean
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, executionId, path, json, output, signal } = options
  const { files, leftOut } = await connected.client.listFiles(executionId, signal)
  let printed = 0
  for (const file of files) {
    const filePath = pathOf(file)
    if (path !== null && !isAtOrBelow(filePath, path)) continue
    printed += 1
    const { downloadUrl: _, ...fields } = file
    if (!(await output.result(json ? JSON.stringify({ ...fields, path: filePath }) : describe(file, filePath)))) break
    signal.throwIfAborted()
  }
  if (leftOut > 0) output.say(`${leftOut} entries could not be understood and were left out.`)
  if (path === null || printed > 0) return exitStatus.done
  output.say(`There is nothing at “${path}” in this run.`)
  return exitStatus.notFound
}

function pathOf({ directory, filePath, fileName }: WireFile): string {
  return [directory, ...pathWithinDirectory(directory, filePath, fileName)].join('/')
}

function describe({ fileSize, updatedAt }: WireFile, path: string): string {
  const time = Date.parse(updatedAt)
  const changed = Number.isNaN(time) ? '-' : new Date(time).toISOString().slice(0, 16).replace('T', ' ')
  return `${String(fileSize ?? '-').padStart(13)}  ${changed.padEnd(16)}  ${path}`
}

/** Tells whether a path is another, or lies below it; a slash at the end makes no difference. */
export function isAtOrBelow(path: string, above: string): boolean {
  const trimmed = above.replace(/^\/+|\/+$/g, '')
  return trimmed === '' || path === trimmed || path.startsWith(`${trimmed}/`)
}
