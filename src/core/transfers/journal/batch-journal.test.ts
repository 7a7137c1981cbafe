import { expect, test } from 'vitest'
import { createMemorySource } from '../memory-source.fixture.ts'
import { newItem } from '../queue/item.ts'
import { createBatchJournal } from './batch-journal.ts'
import type { JournalRecord } from './records.ts'

/** A journal over a file that tells what was done to it, in its order. */
async function journal(flushed: readonly number[] = []) {
  const calls: string[] = []
  const file = {
    path: '/journal',
    add: (record: JournalRecord) => void calls.push(record.record),
    write: () => void calls.push('(write)'),
    flush: () => void calls.push('(flush)'),
    close() {},
    remove() {},
  }
  const source = createMemorySource([{ path: 'a', size: 500 }], () => 'link')
  const [first] = (await source.newest([{ id: 'a', path: 'a' }])) as Awaited<ReturnType<typeof source.newest>>
  if (!first) throw new Error('The file is there.')
  return { calls, item: newItem({ index: 0, file: first }, ['a'], ['a']), journal: createBatchJournal(file, flushed) }
}

const held = { bytes: 100, validator: '"a"' }

test('that a part file is gone which would outlive a loss of power is flushed before another takes its place', async () => {
  const { calls, item, journal: batch } = await journal()
  batch.onHeld(item, held, true)
  batch.onBegun({ index: 1, partCopy: 1 })
  await Promise.resolve()
  expect(calls).toEqual(['begun', 'held', '(write)'])
  calls.length = 0
  batch.onDropped(0)
  batch.onBegun(item)
  await Promise.resolve()
  batch.onBegun({ index: 2, partCopy: 1 })
  await Promise.resolve()
  expect(calls).toEqual(['dropped', 'begun', '(flush)', 'begun', '(write)'])
})

test('and so it is where an earlier start of the app had flushed it', async () => {
  const { calls, item, journal: batch } = await journal([0])
  batch.onDropped(0)
  batch.onBegun(item)
  await Promise.resolve()
  expect(calls).toEqual(['dropped', 'begun', '(flush)'])
})

test('nothing is flushed for a part file that a loss of power takes with it', async () => {
  const { calls, item, journal: batch } = await journal()
  batch.onHeld(item, held, false)
  batch.onDropped(0)
  batch.onBegun(item)
  await Promise.resolve()
  expect(calls).toEqual(['dropped', 'begun', '(write)'])
})
