import { expect, test } from 'vitest'
import { makeBatch } from '../../../../shared/models/batch.fixture.ts'
import { batchWords, savedAs } from './state-words.ts'

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

test('where sizes are not known, nothing is said to be a part of them', () => {
  const running = { status: { state: 'running' }, receivedBytes: 5_000, unknownSizes: 1 } as const
  expect(batchWords(makeBatch({ ...running, totalBytes: 0 }), 0)).toBe('5.0 kB so far')
  expect(batchWords(makeBatch({ ...running, totalBytes: 9_000, fileCount: 2 }), 0)).toBe(
    '5.0 kB of more than 9.0 kB · 0 of 2 files',
  )
})

test('a name in a failure can not pass for another', () => {
  const error = { kind: 'not-found', message: '“a\u202Efdp.exe” is no longer in the run.' } as const
  expect(batchWords(makeBatch({ status: { state: 'failed', error } }), 0)).toBe('“a␦fdp.exe” is no longer in the run.')
})

test('a renamed file is told by its name, and with its folders where these have another name, too', () => {
  const file = { index: 0, renamed: true, status: { state: 'queued' }, size: 1, received: 0 } as const
  const placed = (path: string, target: string) => savedAs({ ...file, path, target })
  expect(placed('workspace/a/b:.txt', 'a/b_.txt')).toBe('b_.txt')
  expect(placed('workspace/b:.txt', 'b_.txt')).toBe('b_.txt')
  expect(placed('workspace/b:.txt', 'Run 1/workspace/b_.txt')).toBe('b_.txt')
  expect(placed('workspace/a:/b.txt', 'a_/b.txt')).toBe('a_/b.txt')
  expect(savedAs({ ...file, renamed: false, path: 'workspace/a', target: 'a' })).toBeNull()
})
