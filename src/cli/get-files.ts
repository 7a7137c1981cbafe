import { type OpenListing, openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import type { Nodes } from '../shared/models/listing.ts'
import { type Existing, existingPolicies } from './arguments.ts'
import type { Connected } from './connect.ts'
import { download } from './download.ts'
import { exitStatus } from './exit-status.ts'
import { leftOutSentence } from './left-out.ts'
import { listedPath } from './listed-path.ts'
import type { Output } from './output.ts'
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

/** The nodes at the paths, or all; null, and says which, when there is nothing at one of them. */
async function findPaths(listing: OpenListing, paths: readonly string[], output: Output): Promise<Nodes | null> {
  if (paths.length === 0 || paths.some((each) => listedPath(each) === '')) return { what: 'all' }
  const nodes: number[] = []
  let missing = false
  for (const each of paths) {
    const node = await findPath(listing, listedPath(each))
    if (node !== null) nodes.push(node)
    else {
      missing = true
      output.say(`There is nothing at “${each}” in this run.`)
    }
  }
  return missing ? null : { what: 'nodes', nodes }
}
