import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { silentLogger } from '../../log/logger.ts'
import { temporaryFolder } from '../folders.fixture.ts'
import { executionId } from '../memory-source.fixture.ts'
import { createJournalFolder } from './journal-folder.ts'
import { toLine } from './lines.ts'
import type { JournalRecord } from './records.ts'
import { remember } from './remembered.ts'

const version = { size: 500, updatedAt: '2026-01-02T03:04:05Z' }
const records: readonly JournalRecord[] = [
  {
    record: 'batch',
    version: 1,
    id: executionId,
    kind: 'files',
    title: 'All',
    executionId,
    source: 'account',
    target: '/target',
    layout: { leading: 0, folder: null },
    conflicts: 'ask',
    startedAt: 1,
    total: { fileCount: 5, size: 2_500, unknownSizes: 0 },
    everything: true,
  },
  { record: 'boot', boot: 'one' },
  { record: 'plan', first: 0, files: ['a', 'b', 'c', 'd', 'e'].map((name) => [name, name, 500, version.updatedAt]) },
  { record: 'planned', count: 5 },
  {
    record: 'begun',
    items: [
      [0, 1],
      [1, 2],
      [2, 1],
      [3, 1],
    ],
  },
  // The first is done, the second under way, the third's part is gone: it may have its name, and the fourth was not made yet.
  {
    record: 'made',
    items: [
      [0, 1, 10],
      [1, 2, 11],
      [2, 1, 12],
    ],
  },
  { record: 'done', items: [[0, null]] },
  { record: 'held', index: 1, bytes: 100, validator: '"b"', synced: true, ...version },
  { record: 'held', index: 1, bytes: 200, validator: '"b"', synced: false, ...version },
  { record: 'dropped', index: 2 },
]

test('a journal that is written anew tells all that it told before', async () => {
  const folder = await temporaryFolder()
  const file = path.join(folder, `${executionId}.journal`)
  writeFileSync(file, records.map(toLine).join(''))
  const before = remember(readFileSync(file, 'utf8'))
  if (!before) throw new Error('The journal is whole.')
  expect([...before.inodes]).toEqual([
    [1, 11],
    [2, 12],
  ])
  expect([...before.underWay]).toEqual([1, 3])
  const journal = await createJournalFolder(folder, silentLogger).goOn(before)
  journal.close()
  expect(remember(readFileSync(file, 'utf8'))).toEqual(before)
})
