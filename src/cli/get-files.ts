import { type OpenListing, openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import type { Nodes } from '../shared/models/listing.ts'
import { type Existing, existingPolicies } from './arguments.ts'
import type { Connected } from './connect.ts'
import { download } from './download.ts'
import { exitStatus } from './exit-status.ts'
import { leftOutSentence } from './left-out.ts'
import { listedPath } from './listed-path.ts'
import { createNearPath, nothingAt } from './near-path.ts'
import type { Output } from './output.ts'
import { createPathMatcher, isPattern } from './path-pattern.ts'
import { jsonLine } from './printable.ts'
import { reportFailures, reportPlace, reportRenames, statusOf, totalsOf } from './report.ts'
import type { Threads } from './threads.ts'

type Options = {
  readonly connected: Connected
  readonly executionId: string
  readonly paths: readonly string[]
  readonly to: string
  readonly existing: Existing
  readonly json: boolean
  readonly threads: Threads
  readonly output: Output
  readonly signal: AbortSignal
}

/** Downloads a run, or what the paths name, below a folder; answers the exit status. Throws a `Failure`. */
export async function getFiles(options: Options): Promise<number> {
  const { connected, executionId, paths, json, output, signal } = options
  const { client, source } = connected
  const listing = await openListing({
    execution: { executionId, source },
    currentClient: async () => client,
    cacheFolder: null,
    workerUrl: options.threads.listing,
    log: silentLogger,
    onChange() {},
  })
  signal.addEventListener('abort', () => listing.cancelLoading(), { once: true })
  try {
    const { leftOut } = await listing.whenLoaded()
    if (leftOut > 0) output.say(leftOutSentence(leftOut))
    const files = await findPaths(listing, paths, output)
    if (files === null) return exitStatus.notFound
    const downloaded = await download({
      ...options,
      kind: 'files',
      conflicts: existingPolicies[options.existing],
      listing,
      files,
    })
    reportFailures(downloaded, output)
    reportRenames(downloaded, output)
    reportPlace(downloaded, output)
    if (json) await output.result(jsonLine(totalsOf(downloaded)))
    return statusOf(downloaded)
  } finally {
    await listing.close()
  }
}

/** The node at a path; where there is none, at the same path within a directory, if only one directory has it. */
async function findPath(listing: OpenListing, path: string): Promise<number | null> {
  const node = await listing.nodeAt(path)
  if (node !== null) return node
  const within = await Promise.all(
    listing.view().facets.directories.map(({ name }) => listing.nodeAt(`${name}/${path}`)),
  )
  const [only, another] = within.filter((each) => each !== null)
  return another === undefined ? (only ?? null) : null
}

/** The nodes that a path names: one, or any number when it is a pattern. */
async function findNodes(listing: OpenListing, given: string): Promise<readonly number[]> {
  const path = listedPath(given)
  const node = await findPath(listing, path)
  if (node !== null) return [node]
  if (!isPattern(path)) return []
  const match = createPathMatcher(path)
  const named = new Set<string>()
  for await (const some of listing.paths({ what: 'all' }))
    for (const each of some) {
      const part = match(each)
      if (part !== null) named.add(part)
    }
  const nodes = await Promise.all([...named].map((each) => listing.nodeAt(each)))
  return nodes.filter((each) => each !== null)
}

async function nearestPath(listing: OpenListing, given: string): Promise<string | null> {
  const near = createNearPath(given)
  for await (const some of listing.paths({ what: 'all' })) for (const each of some) near.see(each)
  return near.nearest()
}

/** The nodes at the paths, or all; null, and says which, when there is nothing at one of them. */
async function findPaths(listing: OpenListing, paths: readonly string[], output: Output): Promise<Nodes | null> {
  if (paths.length === 0 || paths.some((each) => listedPath(each) === '')) return { what: 'all' }
  const found = await Promise.all(paths.map((each) => findNodes(listing, each)))
  const missing = paths.filter((_, index) => found[index]?.length === 0)
  for (const each of missing) output.say(nothingAt(each, await nearestPath(listing, each)))
  return missing.length > 0 ? null : { what: 'nodes', nodes: found.flat() }
}
