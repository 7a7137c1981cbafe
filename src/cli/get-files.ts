import { type OpenListing, openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { Nodes } from '../shared/models/listing.ts'
import type { Connected } from './connect.ts'
import { type Downloaded, download } from './download.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'
import type { Threads } from './threads.ts'

const shownRenames = 20

type Options = {
  readonly connected: Connected
  readonly executionId: string
  readonly paths: readonly string[]
  readonly to: string
  readonly json: boolean
  readonly threads: Threads
  readonly output: Output
  readonly signal: AbortSignal
}

/** Downloads a run, or what the paths name, below a folder; answers the exit status. Throws a `Failure`. */
export async function getFiles(options: Options): Promise<number> {
  const { connected, executionId, paths, json, output, signal } = options
  const { client, source } = connected
  const open = (execution: ExecutionKey) =>
    openListing({
      execution,
      client,
      cacheFolder: null,
      workerUrl: options.threads.listing,
      log: silentLogger,
      onChange() {},
    })
  const listing = await open({ executionId, source })
  signal.addEventListener('abort', () => listing.cancelLoading(), { once: true })
  try {
    const { leftOut } = await listing.whenLoaded()
    if (leftOut > 0) output.say(`${leftOut} entries could not be understood and were left out.`)
    const files = await findPaths(listing, paths, output)
    if (files === null) return exitStatus.notFound
    const downloaded = await download({ ...options, listing, files })
    report(downloaded, output)
    if (json) await output.result(JSON.stringify(totalsOf(downloaded)))
    return statusOf(downloaded)
  } finally {
    await listing.close()
  }
}

/** The nodes at the paths, or all; null, and says which, when there is nothing at one of them. */
async function findPaths(listing: OpenListing, paths: readonly string[], output: Output): Promise<Nodes | null> {
  if (paths.length === 0) return { what: 'all' }
  const nodes: number[] = []
  let missing = false
  for (const each of paths) {
    const node = await listing.nodeAt(each.replace(/^\/+|\/+$/g, ''))
    if (node !== null) nodes.push(node)
    else {
      missing = true
      output.say(`There is nothing at “${each}” in this run.`)
    }
  }
  return missing ? null : { what: 'nodes', nodes }
}

/** Names what failed, and what was renamed. */
function report({ batch, renamed }: Downloaded, output: Output): void {
  const { status, failures, failedCount, renamedCount } = batch
  if (status.state === 'failed' && failures.length === 0) output.say(status.error.message)
  for (const { path: failed, error } of failures) output.say(`${failed}: ${error.message}`)
  if (failedCount > failures.length) output.say(`${failedCount - failures.length} more files failed.`)
  if (renamedCount === 0) return
  output.say(`${renamedCount} files got another name, since theirs was taken or no name on every system:`)
  for (const { path: before, target } of renamed.slice(0, shownRenames)) output.say(`  ${before} -> ${target}`)
  if (renamedCount > shownRenames) output.say(`  and ${renamedCount - shownRenames} more`)
}

function totalsOf({ batch, takenUp }: Downloaded) {
  const { doneCount, skippedCount, failedCount, fileCount, receivedBytes } = batch
  const done = Math.min(doneCount, doneCount - skippedCount + takenUp)
  return { done, failed: failedCount, skipped: fileCount - done - failedCount, bytes: receivedBytes }
}

function statusOf({ batch, stoppedBy }: Downloaded): number {
  if (stoppedBy === 'interrupted') return exitStatus.interrupted
  if (stoppedBy === 'key') return exitStatus.key
  return batch.status.state === 'done' ? exitStatus.done : exitStatus.someFailed
}
