import { expect, onTestFinished, test, vi } from 'vitest'
import { Failure } from '../../failure.ts'
import { createArchiveRoom } from './archive-room.ts'
import { createArchiveWaits } from './archive-waits.ts'

const disk = vi.hoisted(() => ({ free: 0 }))
vi.mock('../queue/disk-room.ts', async (original) => ({ ...(await original()), freeBytes: async () => disk.free }))

function roomWithFakeTime() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const waits = createArchiveWaits(false)
  const received = () => 0
  const room = createArchiveRoom({
    target: '/run.zip',
    least: async () => 5,
    most: 5,
    received,
    waits,
    onChange() {},
  })
  return { room, waits }
}

test('what a disk refuses though it has room is tried less and less often', async () => {
  disk.free = 1e12
  const { room } = roomWithFakeTime()
  const tried: number[] = []
  const start = Date.now()
  const written = room.whenThereIs(async () => {
    tried.push((Date.now() - start) / 1_000)
    if (tried.length < 8) throw new Failure({ kind: 'disk-full', message: 'The disk is full.' })
    return 'written'
  })
  await vi.advanceTimersByTimeAsync(10)
  expect(room.problem()).toMatch(/^The disk takes no more, though it has room/)
  await vi.runAllTimersAsync()
  expect([await written, room.problem()]).toEqual(['written', null])
  expect(tried).toEqual([0, 2, 6, 14, 30, 62, 122, 182])
})

test('a file is not fetched again as long as the disk says that it is full, and at once when it no longer does', async () => {
  disk.free = 0
  const { room } = roomWithFakeTime()
  let may = false
  const waiting = room.whenItMayTake().then(() => {
    may = true
  })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(may).toBe(false)
  disk.free = 1e9
  await vi.advanceTimersByTimeAsync(2_000)
  await waiting
})

test('neither outlasts the archive', async () => {
  for (const free of [0, 1e12]) {
    disk.free = free
    const { room, waits } = roomWithFakeTime()
    const waiting = room.whenItMayTake()
    await vi.advanceTimersByTimeAsync(10)
    waits.stop()
    await waiting
  }
})
