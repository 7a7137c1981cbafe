import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../../log/logger.ts'
import { temporaryFolder } from '../folders.fixture.ts'
import type { FetchEnd, FetchRequest } from './messages.ts'
import { type PumpThread, startPumpThread } from './pump-thread.ts'
import { createPumps, type Pumps } from './pumps.ts'

/** The program of a thread that ends each job as stopped, with its own number among the threads of this process as bytes. */
const answering = `import { parentPort, threadId } from 'node:worker_threads'
  parentPort.on('message', ({ order, jobs }) => {
    if (order !== 'fetch') return
    const end = { end: 'stopped', held: { bytes: threadId, validator: null } }
    parentPort.postMessage({ held: [], received: [], landed: [], faults: [], ended: jobs.map(({ job }) => [job, end]) })
  })`

async function programOf(code: string): Promise<URL> {
  const file = path.join(await temporaryFolder(), 'thread.mjs')
  await writeFile(file, code)
  return pathToFileURL(file)
}

async function pumpsWith(ahead: PumpThread): Promise<Pumps> {
  const limits = { connectMilliseconds: 1_000, stallMilliseconds: 1_000 }
  const pumps = createPumps({ entry: await programOf(answering), count: 2, limits, log: silentLogger, ahead })
  onTestFinished(pumps.close)
  return pumps
}

/** The thread that did a job. */
async function threadOf(pumps: Pumps): Promise<number | undefined> {
  const connection = { base: new URL('http://127.0.0.1:1'), key: null }
  const end = await new Promise<FetchEnd>((onEnd) => {
    pumps.fetch(connection, {} as FetchRequest, { onHeld() {}, onReceived() {}, onEnd })
  })
  return end.end === 'stopped' ? end.held?.bytes : undefined
}

test('a thread that was started ahead does the first job', async () => {
  const ahead = startPumpThread(await programOf(answering))
  const { threadId } = ahead.worker
  expect(await threadOf(await pumpsWith(ahead))).toBe(threadId)
})

test.each([
  ['fails to start', 'throw new Error("It does not start.")'],
  ['has ended', 'process.exit(0)'],
])('where a thread that was started ahead %s, another does the job', async (_, code) => {
  const ahead = startPumpThread(await programOf(code))
  const { threadId } = ahead.worker
  await new Promise((resolve) => ahead.worker.once('exit', resolve))
  const other = await threadOf(await pumpsWith(ahead))
  expect(other).toBeGreaterThan(threadId)
})

test('a thread that was started ahead and had nothing to do ends with the others', async () => {
  const ahead = startPumpThread(await programOf(answering))
  await once(ahead.worker, 'online')
  await (await pumpsWith(ahead)).close()
  expect(ahead.hasEnded()).toBe(true)
})
