import { afterEach, expect, test, vi } from 'vitest'
import { createFakeApi } from '../testing/fake-api.ts'
import { aRun, fewFiles, openRun } from '../testing/open-run.ts'
import { createAppStore } from './app-store.ts'

const otherRun = { executionId: '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02', source: 'account' } as const
const offline = { kind: 'offline', message: 'No way out.', cause: 'network' } as const

afterEach(() => void vi.useRealTimers())

test('a run that was left before it opened is closed, and the later one stays', async () => {
  const fake = createFakeApi({ files: fewFiles })
  const { getState } = createAppStore(fake.api)
  const release = fake.hold('listing:open')
  const first = getState().openExecution(aRun)
  const second = getState().openExecution(otherRun)
  release()
  await Promise.all([first, second])
  expect(getState().listing?.executionId).toBe(otherRun.executionId)
  expect(fake.callsOf('listing:close')).toHaveLength(1)
})

test('a run that can not be opened is told of, and tried again', async () => {
  const fake = createFakeApi({ files: fewFiles })
  const { getState } = createAppStore(fake.api)
  fake.refuse('listing:open', offline)
  await getState().openExecution(aRun)
  expect(getState().opening).toEqual({ state: 'failed', execution: aRun, error: offline })
  fake.refuse('listing:open', null)
  getState().retryOpening()
  await vi.waitUntil(() => getState().listing !== null)
  expect(getState().opening.state).toBe('idle')
})

test('an older state of a listing, and one of another listing, are dropped', async () => {
  const { state } = await openRun()
  const { listing } = state()
  if (!listing) throw new Error('No listing is open.')
  state().applyListing({ ...listing, revision: listing.revision - 1, fileCount: 99 })
  state().applyListing({ ...listing, listing: listing.listing + 1, fileCount: 99 })
  expect(state().listing?.fileCount).toBe(fewFiles.length)
})

test('what the filters are drawn from stays the very same while a selection changes, and follows a filter', async () => {
  const { state } = await openRun()
  const { filter, facets } = state().listing ?? {}
  const { revision } = state().listing ?? { revision: 0 }
  await state().selectRow('only', 1)
  expect(state().listing?.revision).toBeGreaterThan(revision)
  expect(state().listing?.filter).toBe(filter)
  expect(state().listing?.facets).toBe(facets)
  await state().setFilter({ text: 'report' })
  expect(state().listing?.filter.text).toBe('report')
})

test('filter changes build on each other, however quick', async () => {
  const { fake, state } = await openRun()
  const text = state().setFilter({ text: 'html' })
  const type = state().setFilter({ types: ['text/html'] })
  await Promise.all([text, type])
  expect(fake.callsOf('listing:filter').at(-1)).toMatchObject({ filter: { text: 'html', types: ['text/html'] } })
})

test('after a pause that the API asks for, the files are asked for again once', async () => {
  const { fake, state } = await openRun()
  vi.useFakeTimers()
  const problem = { kind: 'rate-limited', message: 'Wait.', retryAfterSeconds: 7 } as const
  fake.tell('listing:changed', fake.listing().with({ problem }))
  fake.tell('listing:changed', fake.listing().with({ problem }))
  expect(state().retryAt).toBe(Date.now() + 7_000)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(fake.callsOf('listing:refresh')).toHaveLength(0)
  fake.listing().with({ problem: null })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(fake.callsOf('listing:refresh')).toHaveLength(1)
  expect(state().retryAt).toBeNull()
})

test('a run that goes on is followed from the start, one that has ended is not', async () => {
  const info = { agentName: null, createdAt: null, endedAt: null }
  const { fake, state } = await openRun()
  fake.listing().follow(false)
  fake.tell('listing:changed', fake.listing().with({ info: { ...info, status: 'running' } }))
  await vi.waitUntil(() => state().listing?.following === true)
  await state().setFollowing(false)
  fake.tell('listing:changed', fake.listing().with({ info: { ...info, status: 'paused' } }))
  expect(state().listing?.following).toBe(false)

  const ended = await openRun()
  ended.fake.listing().follow(false)
  ended.fake.tell('listing:changed', ended.fake.listing().with({ info: { ...info, status: 'completed' } }))
  expect(ended.fake.callsOf('listing:follow')).toEqual([])
})
