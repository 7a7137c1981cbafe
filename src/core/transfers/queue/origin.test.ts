import { expect, test, vi } from 'vitest'
import { Failure } from '../../failure.ts'
import { silentLogger } from '../../log/logger.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { createOrigin } from './origin.ts'

const source = createMemorySource([{ path: 'a', size: 5 }], (_, listing) => `/${listing}`)
const wanted = [{ id: 'a', path: 'a' }]
const closedFailure = new Failure({ kind: 'cancelled', message: 'The listing was closed.' })
const options = { firstRetryMilliseconds: 1, onChange() {}, log: silentLogger }

/** Listings that are opened when asked for, and whether each is still open. */
function listings() {
  const open = new Set<number>()
  let count = 0
  const list = vi.fn(async () => {
    count += 1
    const mine = count
    open.add(mine)
    return { ...source, close: async () => void open.delete(mine) }
  })
  return { list, open }
}

test('two that find the listing closed at the same time share one listing of their own', async () => {
  const { list, open } = listings()
  let refuse = () => {}
  const relist = () => new Promise<never>((_, reject) => (refuse = () => reject(closedFailure)))
  const first = { ...source, relist }
  const origin = createOrigin({ first, list, ...options })
  const links = origin.relist(wanted)
  await Promise.resolve()
  // The walk of the files finds out before.
  origin.replace(first, closedFailure)
  await origin.source()
  refuse()
  expect(await links).toMatchObject([{ path: 'a' }])
  expect(list).toHaveBeenCalledOnce()
  origin.close()
  expect(open.size).toBe(0)
})

test.each(['release', 'close'] as const)('a listing that comes only after %s is closed', async (how) => {
  const { list, open } = listings()
  const origin = createOrigin({ first: null, list, ...options })
  const late = origin.source()
  origin[how]()
  await expect(late).rejects.toThrow()
  expect(open.size).toBe(0)
  expect(origin.waiting()).toBe(null)
})

test('after its end it lists no more', async () => {
  const { list } = listings()
  const origin = createOrigin({ first: null, list, ...options })
  origin.close()
  await expect(origin.source()).rejects.toThrow()
  expect(list).not.toHaveBeenCalled()
})

test('a listing that is not wanted any more does not wait for the network', async () => {
  const offline = new Failure({ kind: 'offline', cause: 'network', message: 'There is no network.' })
  const list = vi.fn(() => Promise.reject(offline))
  const origin = createOrigin({ first: null, list, ...options, firstRetryMilliseconds: 60_000 })
  const late = origin.source()
  late.catch(() => {})
  await vi.waitFor(() => expect(origin.waiting()).not.toBe(null))
  origin.release()
  await expect(late).rejects.toThrow('There is no network.')
  expect(list).toHaveBeenCalledOnce()
})

test('files keep the links that they came with where no newer listing can be had', async () => {
  const list = () => Promise.reject(new Failure({ kind: 'bad-response', message: 'Not a listing.' }))
  const origin = createOrigin({ first: null, list, ...options })
  const files = [{ ...source, id: 'a', path: 'a', segments: ['a'], size: 5, updatedAt: '', mimeType: null }]
  const linked = files.map((file) => ({ ...file, downloadUrl: '/old' }))
  expect(await origin.withNewestLinks(linked)).toEqual(linked)
})

test('however long there is no network, a busy server afterwards is waited for as ever', async () => {
  const offline = new Failure({ kind: 'offline', cause: 'network', message: 'There is no network.' })
  const busy = new Failure({ kind: 'server-error', status: 503, message: 'The server is busy.' })
  const answers = [...Array.from({ length: 9 }, () => offline), busy]
  const list = vi.fn(async () => {
    const answer = answers.shift()
    if (answer) throw answer
    return { ...source, close: async () => {} }
  })
  const origin = createOrigin({ first: null, list, ...options })
  expect(await (await origin.source()).newest(wanted)).toMatchObject([{ path: 'a' }])
  expect(list).toHaveBeenCalledTimes(11)
})
