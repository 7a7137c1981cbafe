import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { startPumpThread } from '../../../src/core/transfers/pump/pump-thread.ts'
import type { Job } from './contenders.ts'

// A process that downloads what a list names, as the command line does: the thread starts while the rest is loaded.
const pumpEntry = pathToFileURL(path.join(import.meta.dirname, 'pump-worker.mjs'))
const threadAhead = startPumpThread(pumpEntry)
const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Job
const { runJob } = await import('./run-job.ts')
await runJob(job, { pumpEntry, threadAhead })
