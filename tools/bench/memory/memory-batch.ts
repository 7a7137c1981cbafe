import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '../../../src/core/api/client.ts'
import { parseBase } from '../../../src/core/api/request-policy.ts'
import { silentLogger } from '../../../src/core/log/logger.ts'
import { startPumpThread } from '../../../src/core/transfers/pump/pump-thread.ts'
import { createTransfers } from '../../../src/core/transfers/queue/queue.ts'
import { madeFile, madeSource } from '../transfers/made-source.ts'

/** What one process is to bring: its only argument, as JSON. */
export type MemoryJob = {
  readonly base: string
  readonly kind: 'files' | 'archive'
  readonly count: number
  readonly bytes: number
  /** Exists, and is empty. */
  readonly folder: string
}

/** What it took, in mebibytes of resident memory, and in seconds. */
export type MemoryTaken = { readonly idle: number; readonly peak: number; readonly seconds: number }

const job = JSON.parse(process.argv[2] ?? '') as MemoryJob
const target = path.join(job.folder, job.kind === 'archive' ? 'run.zip' : 'run')
if (job.kind === 'files') mkdirSync(target)
const pumpEntry = pathToFileURL(path.join(import.meta.dirname, 'pump-worker.mjs'))
const client = createClient({ base: parseBase(job.base), key: null })
const transfers = createTransfers({
  pumpEntry,
  // As in `get` of the command line. An archive does without the thread.
  ...(job.kind === 'files' ? { threadAhead: startPumpThread(pumpEntry) } : {}),
  journalFolder: path.join(job.folder, 'journal'),
  clientFor: async () => client,
  sourceFor: () => Promise.reject(new Error('Nothing outlives this process.')),
  onChange() {},
  log: silentLogger,
})
// A thread that is just starting is not idle.
await new Promise((resolve) => setTimeout(resolve, 500))
const idle = process.memoryUsage.rss() / 2 ** 20
const started = performance.now()
const id = await transfers.start({
  source: madeSource(job.count, job.bytes, (index) =>
    madeFile(
      `folder ${Math.floor(index / 1_000)}/file-${index}.txt`,
      job.bytes,
      `${job.base}/${index}?size=${job.bytes}`,
    ),
  ),
  files: { what: 'all' },
  target,
  kind: job.kind,
  title: 'bench',
  conflicts: 'keep-both',
})
const { status, doneCount } = await transfers.whenOver(id)
const seconds = (performance.now() - started) / 1_000
await transfers.close()
await client.close()
if (status.state !== 'done' || doneCount !== job.count)
  throw new Error(`The download ended as ${status.state}, with ${doneCount} files.`)
process.stdout.write(JSON.stringify({ idle, peak: mostResident(), seconds } satisfies MemoryTaken))

/** In mebibytes. Not `resourceUsage().maxRSS`: on Linux that begins with what the process had that started this one. */
function mostResident(): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
}
