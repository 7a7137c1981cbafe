import path from 'node:path'
import { type OpenListing, openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import { createTransfers } from '../core/transfers/transfers.ts'
import { isOver } from '../shared/ended.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { Nodes } from '../shared/models/listing.ts'
import type { Batch, Transfer, WaitReason } from '../shared/models/transfer.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'
import { createProgress } from './progress.ts'
import type { Threads } from './threads.ts'

/** A batch remembers its newest files only. */
const rememberedFiles = 1_000
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
    const { batch, renamed, stoppedBy } = await download(options, listing, files)
    report(batch, renamed, output)
    if (json) await output.result(JSON.stringify(totalsOf(batch)))
    if (batch.status.state === 'done') return exitStatus.done
    if (stoppedBy === 'key') return exitStatus.key
    return signal.aborted ? exitStatus.interrupted : exitStatus.someFailed
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

async function download(options: Options, listing: OpenListing, files: Nodes) {
  const { connected, to, threads, output, signal } = options
  const progress = createProgress(output)
  let told = ''
  let stoppedBy: WaitReason | null = null
  const transfers = createTransfers({
    pumpEntry: threads.pump,
    journalFolder: null,
    clientFor: async () => connected.client,
    sourceFor: () => Promise.reject(new Error('Nothing outlives this program.')),
    log: silentLogger,
    onChange([batch]) {
      if (!batch || isOver(batch.status)) return
      progress.show(batch)
      if (batch.status.state !== 'waiting') return
      const { reason, message } = batch.status
      if (message !== told) progress.note(message)
      told = message
      // What only a person can mend would keep a script waiting for ever.
      if (reason !== 'key' && reason !== 'disk-full') return
      stoppedBy = reason
      transfers.cancel(batch.id)
    },
  })
  try {
    const id = await transfers.start({
      source: listing,
      files,
      target: path.resolve(to),
      kind: 'files',
      title: 'get',
      conflicts: 'skip-if-same',
    })
    const cancel = () => transfers.cancel(id)
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    const batch = await transfers.whenOver(id)
    progress.end(batch)
    const renamed = transfers.files(id, 0, rememberedFiles).transfers.filter((transfer) => transfer.renamed)
    return { batch, renamed, stoppedBy: stoppedBy as WaitReason | null }
  } finally {
    await transfers.close()
  }
}

/** Names what failed, and what was renamed. */
function report(batch: Batch, renamed: readonly Transfer[], output: Output): void {
  const { status, failures, failedCount, renamedCount } = batch
  if (status.state === 'failed' && failures.length === 0) output.say(status.error.message)
  for (const { path: failed, error } of failures) output.say(`${failed}: ${error.message}`)
  if (failedCount > failures.length) output.say(`${failedCount - failures.length} more files failed.`)
  if (renamedCount === 0) return
  output.say(`${renamedCount} files got another name, since theirs was taken or no name on every system:`)
  for (const { path: before, target } of renamed.slice(0, shownRenames)) output.say(`  ${before} -> ${target}`)
  if (renamedCount > shownRenames) output.say(`  and ${renamedCount - shownRenames} more`)
}

function totalsOf({ doneCount, skippedCount, failedCount, fileCount, receivedBytes }: Batch) {
  const done = doneCount - skippedCount
  return { done, failed: failedCount, skipped: fileCount - done - failedCount, bytes: receivedBytes }
}
