import { createListingParser } from '../core/api/listing-parser.ts'
import type { WireFile } from '../core/api/wire.ts'
import { pathWithinDirectory, visibleDirectory } from '../core/listing/index/entry-path.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import { leftOutSentence } from './left-out.ts'
import { createNearPath, nothingAt } from './near-path.ts'
import type { Output } from './output.ts'
import { pathSortKey } from './path-order.ts'
import { createPathMatcher } from './path-pattern.ts'
import { jsonLine, printable } from './printable.ts'

type ListedFile = { readonly directory: string; readonly path: string; readonly line: string }

/**
 * Prints a run's files, one a line, sorted by path; unsorted, in the API's order and as they arrive, so that a run of any
 * size takes no more memory than a small one. Answers the exit status. Throws a `Failure`.
 */
export async function listFiles(options: {
  readonly connected: Connected
  readonly executionId: string
  readonly paths: readonly string[]
  readonly json: boolean
  readonly unsorted: boolean
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, executionId, paths, json, unsorted, output, signal } = options
  const chosen = createChoice(paths)
  const arrived: WireFile[] = []
  const parser = createListingParser((file) => arrived.push(file))
  const kept: ListedFile[] = []
  /** Answers false once nobody reads any more. */
  async function take(): Promise<boolean> {
    for (const file of arrived.splice(0)) {
      const path = pathOf(file)
      const listed = () => ({ directory: file.directory, path, line: json ? toJson(file, path) : describe(file, path) })
      if (!chosen.has(file, path, listed)) continue
      if (!unsorted) kept.push(listed())
      else if (!(await output.result(listed().line))) return false
    }
    return true
  }

  const { body } = await connected.client.openListing(executionId, signal)
  for await (const piece of body) {
    parser.push(piece)
    if (!(await take())) return exitStatus.done
  }
  const { leftOut } = parser.end()
  const { more, missing } = chosen.end()
  for (const { line } of sorted([...kept, ...more])) if (!(await output.result(line))) return exitStatus.done
  if (leftOut > 0) output.say(leftOutSentence(leftOut))
  for (const words of missing) output.say(words)
  return missing.length > 0 ? exitStatus.notFound : exitStatus.done
}

/** Decides which files the given paths name; none names all. */
function createChoice(paths: readonly string[]) {
  const wanted = paths.map((given) => ({
    given,
    match: createPathMatcher(given),
    near: createNearPath(given),
    found: false,
    /** What has the path within its directory: it counts when nothing else does. */
    within: [] as ListedFile[],
  }))
  return {
    has({ directory, filePath }: WireFile, path: string, listed: () => ListedFile): boolean {
      if (wanted.length === 0) return true
      let named = false
      for (const each of wanted) {
        if (each.match(path) !== null || filePath === each.given) {
          each.found = true
          each.within = []
          named = true
        } else if (!each.found && each.match(path.slice(visibleDirectory(directory).length + 1)) !== null)
          each.within.push(listed())
        if (!each.found) each.near.see(path)
      }
      return named
    },
    /** The files that were named by their path within a directory that only one has, and what to say of the paths that name nothing. */
    end() {
      const more = wanted.filter(({ within }) => new Set(within.map(({ directory }) => directory)).size === 1)
      return {
        more: more.flatMap(({ within }) => within),
        missing: wanted
          .filter((each) => !each.found && !more.includes(each))
          .map(({ given, near }) => nothingAt(given, near.nearest())),
      }
    },
  }
}

function sorted(files: readonly ListedFile[]): readonly ListedFile[] {
  return files
    .map((file) => ({ file, key: pathSortKey(file.path) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ file }) => file)
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
