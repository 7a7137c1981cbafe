import { expect, test } from 'vitest'
import type { Output } from './output.ts'
import { createProgress, describe, type Progress } from './progress.ts'

const half: Progress = {
  doneCount: 1_234,
  fileCount: 10_000,
  receivedBytes: 1_500_000,
  totalBytes: 3_000_000,
  speed: 250_000,
  secondsLeft: 75,
}

function recorded(isTerminal: boolean, columns = 100) {
  const lines: string[] = []
  const push = (text: string) => lines.push(text)
  const output: Output = {
    result: async () => true,
    flush: async () => {},
    say: push,
    draw: push,
    isTerminal,
    columns: () => columns,
  }
  return { lines, output }
}

test.each([
  [half, '1,234 of 10,000 files, 1.5 MB of 3 MB, 250 kB/s, 1 min 15 s left'],
  [{ ...half, totalBytes: 0, speed: 0, secondsLeft: null }, '1,234 of 10,000 files, 1.5 MB'],
  [
    { ...half, receivedBytes: 12, secondsLeft: 7_260 },
    '1,234 of 10,000 files, 12 bytes of 3 MB, 250 kB/s, 2 h 1 min left',
  ],
])('progress is told in words', (progress, expected) => {
  expect(describe(progress)).toBe(expected)
})

test('in a pipe a line comes now and then, and one at the end', () => {
  const { lines, output } = recorded(false)
  let now = 0
  const progress = createProgress(output, () => now)
  for (; now < 5_000; now += 100) progress.show({ ...half, doneCount: 1_234 + now / 100 })
  progress.end({ ...half, doneCount: 10_000 })
  expect(lines).toHaveLength(4)
  expect(lines.at(-1)).toContain('10,000 of 10,000 files')
})

test('in a pipe nothing is said twice while nothing moves', () => {
  const { lines, output } = recorded(false)
  let now = 0
  const progress = createProgress(output, () => now)
  for (; now < 9_000; now += 100) progress.show(half)
  progress.note('It waits.')
  for (; now < 18_000; now += 100) progress.show(half)
  progress.end(half)
  expect(lines).toEqual([describe(half), 'It waits.'])
})

test('on a terminal one line is drawn over, and left at the end', () => {
  const { lines, output } = recorded(true)
  const progress = createProgress(output)
  progress.show(half)
  progress.show({ ...half, receivedBytes: 9_000_000 })
  progress.end(half)
  expect(lines.map((line) => line.slice(0, 30))).toEqual([
    '\r\x1b[K[############------------]',
    '\r\x1b[K[########################]',
    '\r\x1b[K[############------------]',
  ])
  expect(lines.filter((line) => line.endsWith('\n'))).toHaveLength(1)
})

test.each([
  [80, '[#####-----] 1,234 of 10,000 files, 1.5 MB of 3 MB, 250 kB/s, 1 min 15 s left'],
  [70, '1,234 of 10,000 files, 1.5 MB of 3 MB, 250 kB/s, 1 min 15 s left'],
  [50, '1,234 of 10,000 files, 1.5 MB of 3 MB, 250 kB/s'],
  [10, '1,234 of '],
])('on a terminal of %i columns the line never wraps', (columns, expected) => {
  const { lines, output } = recorded(true, columns)
  createProgress(output).show(half)
  expect(lines).toEqual([`\r\x1b[K${expected}`])
})

test('one file is not called files', () => {
  expect(describe({ ...half, doneCount: 0, fileCount: 1 })).toMatch(/^0 of 1 file,/)
})

test('what was done stays done when all files are looked at again after those that had been begun', () => {
  const { lines, output } = recorded(false)
  let now = 0
  const progress = createProgress(output, () => now)
  const states = [
    { ...half, doneCount: 73, fileCount: 110, receivedBytes: 2_000_000 },
    { ...half, doneCount: 110, fileCount: 110, receivedBytes: 3_000_000 },
    { ...half, doneCount: 0, fileCount: 120, receivedBytes: 0 },
    { ...half, doneCount: 115, fileCount: 120, receivedBytes: 3_000_000 },
  ]
  for (const state of states) {
    progress.show(state)
    now += 10_000
  }
  expect(lines).toEqual([
    '73 of 110 files, 2 MB of 3 MB, 250 kB/s, 1 min 15 s left',
    '110 of 110 files, 3 MB of 3 MB, 250 kB/s, 1 min 15 s left',
    '110 of 120 files, 3 MB of 3 MB',
    '115 of 120 files, 3 MB of 3 MB, 250 kB/s, 1 min 15 s left',
  ])
})
