import { expect, test } from 'vitest'
import { makeBatch } from '../../../../shared/models/batch.fixture.ts'
import { batchWords } from './state-words.ts'

test('how long a busy server is waited for is said once', () => {
  const message = 'The server asks you to wait: try again in 10 minutes.'
  const waiting = { state: 'waiting', reason: 'rate-limited', message } as const
  expect(batchWords(makeBatch({ status: { ...waiting, until: 600_000 } }), 0)).toMatch(
    /^The server asks you to wait · trying again in 10 minutes, at \d+:10( AM)? · 0 bytes of 1 byte$/,
  )
  const offline = { state: 'waiting', reason: 'offline', until: 5_000, message: 'There is no network.' } as const
  expect(batchWords(makeBatch({ status: offline }), 0)).toMatch(/^There is no network · trying again in 5 s/)
})

test('of a folder in step, what the person changed is told apart from what is as it was', () => {
  const done = { kind: 'in-step', status: { state: 'done', note: null }, fileCount: 9, doneCount: 9 } as const
  const words = (skippedCount: number, unchangedCount: number) =>
    batchWords(makeBatch({ ...done, skippedCount, unchangedCount }), 0)
  expect(words(7, 6)).toBe('In step · 2 files brought · 1 file left as you changed it · 6 left as they were')
  expect(words(9, 0)).toBe('In step · nothing new · 9 files left as you changed them')
})
