import path from 'node:path'
import { openRun } from '../core/runs/run.ts'
import { createDownloads } from '../core/transfers/downloads.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'
import { createProgress } from './progress.ts'

/** Downloads a run, or what the paths name, below a folder; answers the exit status. Throws a `Failure`. */
export async function getFiles(options: {
  readonly connected: Connected
  readonly executionId: string
  readonly paths: readonly string[]
  readonly to: string
  readonly json: boolean
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, executionId, paths, to, json, output, signal } = options
  const { client, source } = connected
  const run = await openRun({ client, executionId, source, signal })
  const found = paths.map((each) => ({ path: each, node: run.nodeAt(each) }))
  const missing = found.filter(({ node }) => node === null)
  for (const each of missing) output.say(`There is nothing at “${each.path}” in this run.`)
  if (missing.length > 0) return exitStatus.notFound

  const progress = createProgress(output)
  const downloads = createDownloads({ onChange: ([batch]) => batch && progress.show(batch) })
  const id = downloads.start({
    run,
    client,
    generation: run.describe().generation,
    nodes: found.flatMap(({ node }) => (node === null ? [] : [node])),
    target: path.resolve(to),
    title: 'get',
  })
  signal.addEventListener('abort', () => downloads.cancel(id))
  const batch = await downloads.whenEnded(id)
  await downloads.close()
  progress.end(batch)

  for (const failure of batch.failures) output.say(`${failure.path}: ${failure.message}`)
  const { doneCount, failedCount, fileCount, receivedBytes } = batch
  const skipped = fileCount - doneCount - failedCount
  if (json) await output.result(JSON.stringify({ done: doneCount, failed: failedCount, skipped, bytes: receivedBytes }))
  if (batch.state === 'cancelled') return exitStatus.interrupted
  return batch.state === 'done' ? exitStatus.done : exitStatus.someFailed
}
