import { createListingParser } from '../core/api/listing-parser.ts'
import type { WireFile } from '../core/api/wire.ts'
import { pathWithinDirectory, visibleDirectory } from '../core/listing/index/entry-path.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import { leftOutSentence } from './left-out.ts'
import { isAtOrBelow, listedPath } from './listed-path.ts'
import type { Output } from './output.ts'
import { jsonLine, printable } from './printable.ts'

/**
 * Prints a run's files, one a line, in the API's order and as they arrive, so that a run of any size takes no more memory
 * than a small one. Answers the exit status. Throws a `Failure`.
 */
export async function listFiles(options: {
  readonly connected: Connected
  readonly executionId: string
  readonly path: string | null
  readonly json: boolean
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, executionId, path, json, output, signal } = options
  const above = listedPath(path ?? '')
  const arrived: WireFile[] = []
  const parser = createListingParser((file) => arrived.push(file))
  let printed = 0
  /** Answers false once nobody reads any more. */
  async function print(): Promise<boolean> {
    for (const file of arrived.splice(0)) {
      const filePath = pathOf(file)
      // Some APIs name a file within its directory: that is what a person copies, too.
      if (!isAtOrBelow(filePath, above) && file.filePath !== path) continue
      printed += 1
      if (!(await output.result(json ? toJson(file, filePath) : describe(file, filePath)))) return false
    }
    return true
  }

  const { body } = await connected.client.openListing(executionId, signal)
  for await (const piece of body) {
    parser.push(piece)
    if (!(await print())) return exitStatus.done
  }
  const { leftOut } = parser.end()
  if (leftOut > 0) output.say(leftOutSentence(leftOut))
  if (path === null || printed > 0) return exitStatus.done
  output.say(`There is nothing at “${path}” in this run.`)
  return exitStatus.notFound
}

function pathOf({ directory, filePath, fileName }: WireFile): string {
  return [visibleDirectory(directory), ...pathWithinDirectory(directory, filePath, fileName)].join('/')
}

/** Every field of the contract but the link, which is a secret. */
function toJson({ downloadUrl: _, ...fields }: WireFile, path: string): string {
  return jsonLine({ ...fields, path })
}

function describe({ fileSize, updatedAt }: WireFile, path: string): string {
  const time = Date.parse(updatedAt)
  const changed = Number.isNaN(time) ? '-' : new Date(time).toISOString().slice(0, 16).replace('T', ' ').concat('Z')
  return `${String(fileSize ?? '-').padStart(13)}  ${changed.padEnd(17)}  ${printable(path)}`
}
