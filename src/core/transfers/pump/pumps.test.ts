import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../../log/logger.ts'
import { temporaryFolder } from '../folders.fixture.ts'
import type { FetchEnd, FetchRequest } from './messages.ts'
import { createPumps } from './pumps.ts'

test('a thread hears of a job before it hears that the job is to stop, however soon that is', async () => {
  const file = path.join(await temporaryFolder(), 'thread.mjs')
  // Answers a stop with the orders that came, in their order.
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     const orders = []
     parentPort.on('message', ({ order, job }) => {
       orders.push(order)
       const held = { bytes: 0, validator: orders.filter((each) => each === 'fetch' || each === 'stop').join() }
       if (orders.includes('fetch') && orders.includes('stop'))
         parentPort.postMessage({ held: [], received: [], landed: [], faults: [], ended: [[1, { end: 'stopped', held }]] })
     })`,
  )
  const limits = { connectMilliseconds: 1_000, stallMilliseconds: 1_000 }
  const pumps = createPumps({ entry: pathToFileURL(file), count: 1, limits, log: silentLogger })
  onTestFinished(pumps.close)
  const connection = { base: new URL('http://127.0.0.1:1'), key: null }
  const end = await new Promise<FetchEnd>((onEnd) => {
    pumps.fetch(connection, {} as FetchRequest, { onHeld() {}, onReceived() {}, onEnd }).stop(true)
  })
  expect(end).toEqual({ end: 'stopped', held: { bytes: 0, validator: 'fetch,stop' } })
})

test('a file that landed as it was asked to is told by its number alone, and lies where it was asked to', async () => {
  const file = path.join(await temporaryFolder(), 'thread.mjs')
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     parentPort.on('message', ({ order, jobs }) => {
       if (order === 'fetch')
         parentPort.postMessage({ held: [], received: [], landed: jobs.map(({ job }) => job), faults: [], ended: [] })
     })`,
  )
  const limits = { connectMilliseconds: 1_000, stallMilliseconds: 1_000 }
  const pumps = createPumps({ entry: pathToFileURL(file), count: 1, limits, log: silentLogger })
  onTestFinished(pumps.close)
  const connection = { base: new URL('http://127.0.0.1:1'), key: null }
  const folder = await temporaryFolder()
  const fetched = (names: readonly string[]) =>
    new Promise<FetchEnd>((onEnd) => {
      const request = { folder, names, size: 5 } as unknown as FetchRequest
      pumps.fetch(connection, request, { onHeld() {}, onReceived() {}, onEnd })
    })
  const landed = (place: string) => ({ end: 'landed', place, state: null, received: 5 })
  const wanted = [['a'], ['b', 'c'], ['b', 'd'], ['e', 'c']]
  const ends = await Promise.all(wanted.map(fetched))
  expect(ends).toEqual(wanted.map((names) => landed(path.join(folder, ...names))))
})
