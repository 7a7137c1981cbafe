import path from 'node:path'
import type { AsteroidClient } from '../core/api/client.ts'
import type { Run } from '../core/runs/run.ts'
import { createDownloads } from '../core/transfers/downloads.ts'
import type { Batch } from '../shared/models.ts'

/** Downloads a run, or what the paths name, below a folder; answers the exit status. */
export async function getFiles(options: {
  readonly run: Run
  readonly client: AsteroidClient
  readonly paths: readonly string[]
  readonly to: string
  readonly json: boolean
}): Promise<number> {
  const { run, client, paths, to, json } = options
  const found = paths.map((each) => ({ path: each, node: run.nodeAt(each) }))
  const missing = found.filter(({ node }) => node === null)
  for (const each of missing) process.stderr.write(`There is nothing at “${each.path}” in this run.\n`)
  if (missing.length > 0) return 4

  const downloads = createDownloads({ onChange: ([batch]) => batch && showProgress(batch) })
  const id = downloads.start({
    run,
    client,
    generation: run.describe().generation,
    nodes: found.flatMap(({ node }) => (node === null ? [] : [node])),
    target: path.resolve(to),
    title: 'get',
  })
  const interrupt = () => downloads.cancel(id)
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const batch = await downloads.whenEnded(id)
  await downloads.close()
  showProgress(batch)
  if (process.stderr.isTTY) process.stderr.write('\n')

  for (const failure of batch.failures) process.stderr.write(`${failure.path}: ${failure.message}\n`)
  const { doneCount, failedCount, fileCount, receivedBytes } = batch
  const skipped = fileCount - doneCount - failedCount
  if (json)
    process.stdout.write(`${JSON.stringify({ done: doneCount, failed: failedCount, skipped, bytes: receivedBytes })}\n`)
  if (batch.state === 'cancelled') return 130
  return batch.state === 'done' ? 0 : 1
}

let lastLine = 0

function showProgress(batch: Batch): void {
  const share = batch.totalBytes > 0 ? Math.min(1, batch.receivedBytes / batch.totalBytes) : 1
  const text = `${batch.doneCount} of ${batch.fileCount} files, ${Math.floor(share * 100)} %`
  if (process.stderr.isTTY) {
    process.stderr.write(`\r[${'#'.repeat(Math.round(share * 30)).padEnd(30)}] ${text}  `)
    return
  }
  if (batch.state === 'running' && Date.now() - lastLine < 2_000) return
  lastLine = Date.now()
  process.stderr.write(`${text}\n`)
}
