import { expect, test } from 'vitest'
import type { ExecutionKey, Recent } from '../shared/models/execution.ts'
import { createRecents, recentsSchema } from './recents.ts'

function key(number: number): ExecutionKey {
  return { executionId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, source: 'account' }
}

function open(before: Recent[] = []) {
  const written: Recent[][] = []
  let told = 0
  const file = { read: () => before, write: async (recents: Recent[]) => void written.push(recents) }
  const recents = createRecents(file, () => {
    told += 1
  })
  return { recents, written, told: () => told }
}

test('the most recently opened is first, and opening one again moves it up', () => {
  const { recents } = open()
  for (const [at, number] of [1, 2, 3, 1].entries()) recents.note({ ...key(number), openedAt: at })
  expect(recents.list().map((recent) => recent.executionId)).toEqual([1, 3, 2].map((number) => key(number).executionId))
})

test('pinned ones stand first, stay when many others come, and are written', () => {
  const { recents, written } = open()
  recents.note({ ...key(0), openedAt: 0 })
  recents.pin(key(0), true)
  for (let number = 1; number <= 80; number += 1) recents.note({ ...key(number), openedAt: number })
  expect(recents.list()[0]?.executionId).toBe(key(0).executionId)
  expect(recents.list()).toHaveLength(51)
  expect(written.at(-1)).toEqual(recents.list())
})

test('the same id of the sample and of the account are two', () => {
  const { recents } = open()
  recents.note(key(1))
  recents.note({ ...key(1), source: 'sample' })
  expect(recents.remove(key(1)).map((recent) => recent.source)).toEqual(['sample'])
  expect(recents.clear()).toEqual([])
})

test('what is learned of a run is kept where it stands, and of an unknown run not at all', () => {
  const info = { agentName: 'Invoices', status: 'completed', createdAt: 1, endedAt: 2 }
  const { recents, told } = open()
  for (const number of [1, 2]) recents.note({ ...key(number), openedAt: number })
  recents.learn({ ...key(1), info, loadedAt: 1 })
  recents.learn({ ...key(1), info: null, loadedAt: 1 })
  recents.learn({ ...key(3), info, loadedAt: 1 })
  expect(recents.list().map((recent) => recent.info?.agentName)).toEqual([undefined, 'Invoices'])
  expect(told()).toBe(3)
})

test('what changes nothing is neither written nor told', () => {
  const { recents, written, told } = open()
  recents.remove(key(1))
  recents.pin(key(1), true)
  expect([written.length, told()]).toEqual([0, 0])
})

test('one entry that can’t be read costs only itself', () => {
  const good = { ...key(1), label: 'a', pinned: false, openedAt: 1, info: null }
  expect(recentsSchema.parse([good, { executionId: 3 }, null, 'x'])).toEqual([good])
})

test('a run that is expected is remembered once it has listed, and not again after it was removed', () => {
  const { recents } = open()
  recents.expect({ ...key(1), label: 'Invoices' })
  recents.learn({ ...key(1), info: null, loadedAt: 0 })
  expect(recents.list()).toEqual([])
  recents.learn({ ...key(1), info: null, loadedAt: 1 })
  expect(recents.list()).toMatchObject([{ ...key(1), label: 'Invoices' }])
  recents.remove(key(1))
  recents.learn({ ...key(1), info: null, loadedAt: 2 })
  expect(recents.list()).toEqual([])
})

test('the folder that a run is kept in step with is remembered, also when the run is opened again, and goes with it', () => {
  const { recents, written } = open()
  recents.note({ ...key(1), openedAt: 1 })
  recents.note({ ...key(1), inStepFolder: '/runs/one' })
  recents.note({ ...key(1), openedAt: 2 })
  expect(recents.list()).toMatchObject([{ inStepFolder: '/runs/one', openedAt: 2 }])
  expect(recentsSchema.parse(structuredClone(written.at(-1)))).toEqual(recents.list())
  recents.remove(key(1))
  recents.note(key(1))
  expect(recents.list()[0]?.inStepFolder).toBe(undefined)
})
