import type { BrowserWindow } from 'electron'
import { expect, test, vi } from 'vitest'
import { makeBatch } from '../shared/models/batch.fixture.ts'
import type { Batch, TransferState } from '../shared/models/transfer.ts'
import { watchBatches } from './batches.ts'
import { createEndWatcher, endSentence } from './notifications.ts'
import { createSleepGuard } from './power.ts'
import { overallProgress } from './progress.ts'

const blocker = vi.hoisted(() => ({ started: 0, stopped: 0 }))
/** What the system shows, with what a click on it does. */
const notified = vi.hoisted((): { readonly body: string; readonly click: () => void }[] => [])
vi.mock('electron', () => ({
  Notification: class {
    static isSupported = () => true
    readonly body: string
    click = () => {}
    constructor({ body }: { readonly body: string }) {
      this.body = body
    }
    on(event: string, listener: () => void) {
      if (event === 'click') this.click = listener
    }
    show() {
      notified.push(this)
    }
  },
  powerSaveBlocker: {
    start: () => ++blocker.started,
    stop: () => {
      blocker.stopped += 1
    },
  },
}))

const running: TransferState = { state: 'running' }
const done: TransferState = { state: 'done', note: null }

const batch = (changes: Partial<Batch>) => makeBatch({ status: running, totalBytes: 100, ...changes })

test('progress is that of all that is under way, never more than whole, and none when all is over', () => {
  expect(overallProgress([batch({ receivedBytes: 50 }), batch({ totalBytes: 300, receivedBytes: 150 })])).toEqual({
    fraction: 0.5,
    mode: 'normal',
  })
  expect(overallProgress([batch({ receivedBytes: 150 })])?.fraction).toBe(1)
  expect(overallProgress([batch({ totalBytes: 0 })])?.fraction).toBe(2)
  expect(overallProgress([batch({ status: { state: 'paused' } })])?.mode).toBe('paused')
  const full: TransferState = { state: 'waiting', reason: 'disk-full', until: null, message: '' }
  expect(overallProgress([batch({}), batch({ status: full })])?.mode).toBe('error')
  expect(overallProgress([batch({ status: done })])).toBeNull()
})

test('an end is told once, and only of what was seen to run and took a while', () => {
  const ended = createEndWatcher()
  const over = batch({ status: done, endedAt: 20_000 })
  expect(ended([over])).toEqual([])
  expect(ended([batch({})])).toEqual([])
  expect(ended([over])).toEqual([over])
  expect(ended([over])).toEqual([])
  ended([batch({ id: 'b' })])
  expect(ended([batch({ id: 'b', status: done, endedAt: 500 })])).toEqual([])
})

test('how it ended is said in whole numbers, and not at all to who ended it', () => {
  expect(endSentence(batch({ status: done, doneCount: 1 }))).toBe('Downloaded 1 file.')
  expect(endSentence(batch({ status: done, doneCount: 1_200 }))).toBe('Downloaded 1,200 files.')
  const inStep = batch({ kind: 'in-step', status: done, doneCount: 1_200, skippedCount: 1_199 })
  expect(endSentence(inStep)).toBe('Downloaded 1 file; 1,199 files left as they were.')
  expect(endSentence({ ...inStep, doneCount: 1_199 })).toBe('Nothing new: 1,199 files left as they were.')
  const failed: TransferState = { state: 'failed', error: { kind: 'disk-full', message: '' } }
  expect(endSentence(batch({ status: failed, doneCount: 3, failedCount: 1 }))).toBe(
    '1 file could not be downloaded; 3 files could.',
  )
  expect(endSentence(batch({ status: { state: 'cancelled' } }))).toBeNull()
})

test('the computer is kept awake while something runs, and no longer', () => {
  const guard = createSleepGuard()
  for (const status of [running, running, done]) guard([batch({ status })])
  guard([batch({ status: { state: 'paused' } })])
  expect(blocker).toEqual({ started: 1, stopped: 1 })
})

test('the end of a long download is told by the system only while the window is behind, and a click brings it up', () => {
  let isFocused = true
  const bars: unknown[][] = []
  const window = { isFocused: () => isFocused, setProgressBar: (...bar: unknown[]) => void bars.push(bar) }
  const bringUp = vi.fn()
  const emit = vi.fn()
  const watch = watchBatches({ window: () => window as unknown as BrowserWindow, emit, bringUp })
  const over = { status: done, doneCount: 2, endedAt: 20_000 }
  watch.onChange([batch({ receivedBytes: 50 }), batch({ id: 'b', receivedBytes: 50 })])
  expect(watch.runningCount()).toBe(2)
  watch.onChange([batch(over), batch({ id: 'b', receivedBytes: 50 })])
  expect(notified).toEqual([])
  isFocused = false
  watch.onChange([batch(over), batch({ id: 'b', ...over })])
  expect(notified.map(({ body }) => body)).toEqual(['Downloaded 2 files.'])
  notified[0]?.click()
  expect(bringUp).toHaveBeenCalledOnce()
  expect(bars).toEqual([[0.5, { mode: 'normal' }], [0.5, { mode: 'normal' }], [-1]])
  expect(emit).toHaveBeenCalledTimes(3)
  expect(watch.runningCount()).toBe(0)
})
