import path from 'node:path'
import { errorCode, Failure } from '../core/failure.ts'
import type { OpenListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import { makeFolders } from '../core/make-folders.ts'
import { createTransfers } from '../core/transfers/queue/queue.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import { isOver } from '../shared/ended.ts'
import type { Nodes } from '../shared/models/listing.ts'
import type { Batch, ConflictPolicy, Transfer } from '../shared/models/transfer.ts'
import type { Connected } from './connect.ts'
import { refuseWithoutRoom } from './enough-room.ts'
import { claimJournalPlace } from './journal-place.ts'
import type { Output } from './output.ts'
import { createProgress, type ProgressBar } from './progress.ts'
import type { Threads } from './threads.ts'

/** What made a download stop before its end. */
export type StoppedBy = 'interrupted' | 'key' | 'disk-full'

export type Downloaded = {
  readonly batch: Batch
  /** Files that an earlier start of the same download had left, and that are whole now. */
  readonly takenUp: number
  /** The newest of the batch's files. */
  readonly transfers: readonly Transfer[]
  readonly stoppedBy: StoppedBy | null
}

/** A batch remembers its newest files only. */
const rememberedFiles = 1_000

/**
 * Downloads files of a listing below a folder, and goes on where an earlier start of the same download was stopped. Throws
 * a `Failure`.
 */
export async function download(options: {
  readonly connected: Connected
  readonly listing: OpenListing
  readonly files: Nodes
  /** What the person asked for: with the run and the folder, it tells whether a download is the same as an earlier one. */
  readonly paths: readonly string[]
  readonly to: string
  /** `in-step` leaves a person's own changes alone; `files` finds another name beside them. */
  readonly kind: 'files' | 'in-step'
  /** What to do where a name is taken. */
  readonly conflicts: ConflictPolicy
  readonly threads: Threads
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<Downloaded> {
  const { connected, listing, files, paths, kind, conflicts, threads, output, signal } = options
  const target = path.resolve(options.to)
  await makeFolder(target)
  if (kind === 'files') await refuseWithoutRoom(listing, files, target)
  const { executionId } = listing.execution
  const identity = [`${kind} ${conflicts}`, connected.source, executionId, target, ...paths.toSorted()]
  const place = await claimJournalPlace(identity, process.env)
  if (place === 'taken') throw underWayAlready(target)
  const stop = createStop(signal)
  const progress = createProgress(output)
  const transfers = createTransfers({
    pumpEntry: threads.pump,
    threadAhead: threads.ahead,
    journalFolder: place?.folder ?? null,
    clientFor: async () => connected.client,
    sourceFor: async () => ({ ...listing, close: async () => {} }),
    log: silentLogger,
    onChange: createWatch(progress, stop.because),
  })

  function ended(batch: Batch, takenUp: number): Downloaded {
    progress.end(batch)
    if (stop.reason() !== null && place !== null)
      output.say(
        stop.reason() === 'disk-full'
          ? 'Stopped: the same command continues from here when there is room.'
          : 'Stopped. The same command continues from here.',
      )
    const newest = transfers.files(batch.id, 0, rememberedFiles).transfers
    return { batch, takenUp, transfers: newest, stoppedBy: stop.reason() }
  }

  /** Only once nothing is under way any more is it known what came. */
  async function atRest(id: string): Promise<Batch> {
    await transfers.close()
    return recordOf(transfers, id)
  }

  let isWhole = false
  try {
    const { takenUp, halted } = await takeUp(transfers, stop.stopped)
    if (halted !== null) return ended(await atRest(halted), takenUp)
    const id = await transfers.start({
      source: listing,
      files,
      target,
      kind,
      title: kind === 'files' ? 'get' : 'pull',
      conflicts,
    })
    const over = await Promise.race([transfers.whenOver(id), stop.stopped])
    // Without a journal nothing can go on from part files, so none are left.
    if (over === null && place === null) transfers.cancel(id)
    const batch = over ?? (place === null ? await transfers.whenOver(id) : await atRest(id))
    isWhole = over?.status.state === 'done'
    return ended(batch, takenUp)
  } finally {
    await transfers.close()
    await place?.release(!isWhole)
  }
}

/** Two that fetch the same into one folder would only leave second copies there. */
function underWayAlready(target: string): Failure {
  const message = `The same download into “${target}” is under way already. Wait for it, or stop it and give the command again.`
  return new Failure({ kind: 'disk', code: 'EBUSY', message })
}

/** Makes the target folder, and names it where that can't be. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeFolders(folder)
  } catch (thrown) {
    const code = errorCode(thrown)
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is in the way' : code
    const message = `“${folder}” can’t be made: ${why}. Nothing was downloaded: name another folder with --to.`
    throw new Failure({ kind: 'disk', code, message }, { cause: thrown })
  }
}

/**
 * Lets what an earlier start had begun come to its end, and counts the files that it made whole; `halted` is the download that
 * was stopped meanwhile.
 */
async function takeUp(transfers: Transfers, stopped: Promise<null>) {
  await transfers.restore('running')
  let takenUp = 0
  for (const { id } of transfers.list()) {
    // One that had failed is at rest until it is asked for again.
    transfers.resume(id)
    transfers.retry(id)
    const batch = await Promise.race([transfers.whenOver(id), stopped])
    if (batch === null) return { takenUp, halted: id }
    takenUp += batch.doneCount - batch.skippedCount
  }
  transfers.clearDone()
  return { takenUp, halted: null }
}

function recordOf(transfers: Transfers, id: string): Batch {
  const batch = transfers.list().find((each) => each.id === id)
  if (!batch) throw new Error(`There is no download ${id}.`)
  return batch
}

/** One reason to stop, the first that comes. `stopped` settles then, with null. */
function createStop(signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<null>()
  let reason: StoppedBy | null = null
  function because(given: StoppedBy): void {
    reason ??= given
    resolve(null)
  }
  if (signal.aborted) because('interrupted')
  signal.addEventListener('abort', () => because('interrupted'), { once: true })
  return { stopped: promise, because, reason: () => reason }
}

/** Draws how a download comes along, and says what it waits for. */
function createWatch(progress: ProgressBar, stop: (reason: StoppedBy) => void): (batches: readonly Batch[]) => void {
  let told = ''
  return (batches) => {
    const batch = batches.find(({ status }) => !isOver(status))
    if (!batch) return
    progress.show(batch)
    if (batch.status.state !== 'waiting') return
    const { reason, message } = batch.status
    if (message !== told) progress.note(message)
    told = message
    // What only a person can mend would keep a script waiting for ever.
    if (reason === 'key' || reason === 'disk-full') stop(reason)
  }
}
