import { expect, test } from 'vitest'
import { makeBatch } from '../shared/models/batch.fixture.ts'
import type { Batch, Transfer } from '../shared/models/transfer.ts'
import type { Downloaded } from './download.ts'
import type { Output } from './output.ts'
import { reportFailures, reportPlace, reportPull } from './report.ts'

const error = {
  kind: 'disk',
  code: 'ENOENT',
  message: '“a” could not be saved: its folder is no longer there.',
} as const
const batch = makeBatch({
  kind: 'in-step',
  status: { state: 'done', note: null },
  fileCount: 51,
  doneCount: 51,
  skippedCount: 51,
  unchangedCount: 51,
})

function said(
  report: (downloaded: Downloaded, output: Output) => void,
  changes: Partial<Batch>,
  takenUp = 0,
  transfers: readonly Transfer[] = [],
) {
  const lines: string[] = []
  const say = (text: string) => lines.push(text)
  const output = {
    result: async () => true,
    flush: async () => {},
    say,
    draw: say,
    isTerminal: false,
    columns: () => 80,
  }
  report({ batch: { ...batch, ...changes }, takenUp, transfers, stoppedBy: null }, output)
  return lines
}

test('what a stopped pull had left, and this one brought, counts as brought', () => {
  expect(said(reportPull, {}, 40)).toEqual(['40 brought, 11 left as they were.'])
  // Some of it was brought by the start before, and is looked at twice.
  expect(said(reportPull, {}, 60)).toEqual(['51 brought, 0 left as they were.'])
  expect(said(reportPull, { skippedCount: 50, unchangedCount: 50 })).toEqual(['1 brought, 50 left as they were.'])
})

test('a download that stops as a whole says how many files were not tried', () => {
  const halted = {
    status: { state: 'failed', error },
    doneCount: 10,
    failedCount: 1,
    failures: [{ path: 'a', error }],
  } as const
  expect(said(reportFailures, halted)).toEqual([error.message, '40 files were not tried.'])
  expect(said(reportFailures, { ...halted, doneCount: 49 }).at(-1)).toBe('One file was not tried.')
  expect(said(reportFailures, { ...halted, doneCount: 50 })).toEqual([error.message])
})

test('a run without files is said to have none', () => {
  expect(said(reportPlace, { fileCount: 0, doneCount: 0, skippedCount: 0 })).toEqual([
    'There are no files to download.',
  ])
})

test('of thousands that were left as the person has them, the first are named, and the others counted', () => {
  const path = 'workspace/mine'
  const status = { state: 'done', note: 'skipped' } as const
  const own = { index: 0, path, target: path, renamed: false, status, size: 1, received: 1 }
  const many = { fileCount: 90_000, doneCount: 90_000, skippedCount: 80_000, unchangedCount: 77_000 }
  expect(said(reportPull, many, 0, [own])).toEqual([
    '10,000 brought, 80,000 left as they were.',
    'Left alone, because they were changed here:',
    '  workspace/mine',
    '  and 2,999 more',
  ])
})
