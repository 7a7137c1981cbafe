import { expect, onTestFinished, test, vi } from 'vitest'
import { createRoom } from './room.ts'

const disk = vi.hoisted(() => ({ free: 0 }))
vi.mock('./disk-room.ts', async (original) => ({ ...(await original()), freeBytes: async () => disk.free }))

function roomFor(remaining: number) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let released = 0
  const room = createRoom({
    folder: '/',
    remaining: () => remaining,
    there: async () => 0,
    onRoom() {
      released += 1
    },
    onChange() {},
  })
  return { room, released: () => released }
}

/** Refuses whatever comes; answers the seconds that each try was waited for. */
async function refuse({ room, released }: ReturnType<typeof roomFor>, tries: number): Promise<number[]> {
  const waited: number[] = []
  for (let count = 0; count < tries; count += 1) {
    // All that were under way at once are refused.
    room.onFull()
    room.onFull()
    const before = released()
    let seconds = 0
    for (; released() === before; seconds += 1) await vi.advanceTimersByTimeAsync(1_000)
    waited.push(seconds)
  }
  return waited
}

test('a disk that has room by its own account and refuses all the same is tried less and less often', async () => {
  disk.free = 1e12
  const it = roomFor(5)
  expect(await refuse(it, 8)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  await vi.advanceTimersByTimeAsync(300_000)
  expect(await refuse(it, 2)).toEqual([2, 4])
})

test('what the person does, or time, tries it at once, and says what is missing where it is known', async () => {
  disk.free = 1e12
  const it = roomFor(5)
  await refuse(it, 3)
  it.room.onFull()
  await vi.advanceTimersByTimeAsync(10)
  expect(it.room.problem()).toMatch(/^The disk takes no more, though it has room/)
  it.room.check()
  await vi.advanceTimersByTimeAsync(10)
  expect([it.room.problem(), it.room.holds()]).toEqual([null, false])
  disk.free = 0
  it.room.onFull()
  await vi.advanceTimersByTimeAsync(10)
  expect(it.room.problem()).toMatch(/^The disk is full: 1 MB more is needed/)
  disk.free = 1e12
  await vi.advanceTimersByTimeAsync(2_000)
  expect(it.room.problem()).toBe(null)
})
