import { Failure } from '../core/failure.ts'
import { followRun } from '../core/listing/follow-run.ts'
import { openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import { otherRunOf } from '../core/transfers/in-step/memory-file.ts'
import type { AppError } from '../shared/errors.ts'
import type { Connected } from './connect.ts'
import { download } from './download.ts'
import { exitStatus, exitStatusOf } from './exit-status.ts'
import type { Output } from './output.ts'
import { jsonLine } from './printable.ts'
import { reportFailures, reportPull, reportRenames, statusOf, totalsOf } from './report.ts'
import type { Threads } from './threads.ts'

/**
 * Brings what is new or changed in a run into a folder, once or until the run has ended; never deletes, and never touches
 * what the person changed. Answers the exit status. Throws a `Failure`.
 */
export async function pullFiles(options: {
  readonly connected: Connected
  readonly executionId: string
  readonly to: string
  readonly follow: boolean
  readonly json: boolean
  readonly threads: Threads
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, executionId, follow, json, threads, output, signal } = options
  const { client, source } = connected
  const listing = await openListing({
    execution: { executionId, source },
    currentClient: async () => client,
    cacheFolder: null,
    workerUrl: threads.listing,
    log: silentLogger,
    onChange() {},
  })
  signal.addEventListener('abort', () => listing.cancelLoading(), { once: true })
  let status: number = exitStatus.done
  /** Why the last listing could not be had. */
  let lost: AppError | null = null
  /** Whether the API leaves open if the run goes on: that call is optional. */
  let isUntold = false
  let isSaid = false

  async function askInfo(stop: AbortSignal) {
    const info = await client.getExecution(executionId, stop)
    isUntold = info === null
    return info
  }

  async function bring(): Promise<void> {
    const downloaded = await download({
      ...options,
      kind: 'in-step',
      conflicts: 'skip-if-same',
      listing,
      files: { what: 'all' },
      paths: [],
    })
    reportFailures(downloaded, output)
    reportRenames(downloaded, output)
    reportPull(downloaded, output)
    if (json) {
      await output.result(jsonLine(totalsOf(downloaded)))
      await output.flush()
    }
    status = statusOf(downloaded)
  }
  async function refresh(): Promise<boolean> {
    const { problem, changes } = await listing.refresh()
    lost = problem
    if (problem) {
      output.say(problem.message)
      throw new Failure(problem)
    }
    if (isUntold && !isSaid) {
      isSaid = true
      output.say('The API does not tell whether this run has ended: it is followed until you press Ctrl+C.')
    }
    const changed = changes.added + changes.changed > 0
    // What failed is tried again with every listing, changed or not.
    if (changed || status === exitStatus.someFailed) await bring()
    return changed
  }

  try {
    await refuseOtherRun(options.to, executionId)
    await listing.whenLoaded()
    await bring()
    if (!follow || status === exitStatus.key) return status
    output.say('Following the run. Press Ctrl+C to stop.')
    await followRun({ refresh, askInfo }, signal)
    if (signal.aborted) {
      output.say('Stopped following. The same command continues from here.')
      return exitStatus.interrupted
    }
    // Following ends by itself too when no later listing can be any better.
    if (lost) return exitStatusOf(lost)
    output.say('The run has ended.')
    return status
  } finally {
    await listing.close()
  }
}

async function refuseOtherRun(folder: string, executionId: string): Promise<void> {
  const other = await otherRunOf(folder, executionId)
  if (other === null) return
  const message = `“${folder}” is kept in step with another run, ${other}. Name another folder with --to.`
  throw new Failure({ kind: 'invalid-input', message })
}
