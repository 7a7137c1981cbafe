import { expect, test, vi } from 'vitest'
import type { Batch } from '../shared/models/transfer.ts'

vi.mock('electron', () => ({ app: {}, Notification: class {} }))
const { endSentence } = await import('./notifications.ts')

const error = { kind: 'disk', code: 'EIO', message: 'The disk reported an error.' } as const
const failed: Batch = {
  id: '1',
  kind: 'archive',
  title: 'All',
  executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  source: 'account',
  target: '/a.zip',
  status: { state: 'failed', error },
  fileCount: 13,
  doneCount: 12,
  skippedCount: 0,
  unchangedCount: 0,
  failedCount: 0,
  renamedCount: 0,
  totalBytes: 1,
  unknownSizes: 0,
  receivedBytes: 1,
  speed: 0,
  secondsLeft: null,
  failures: [],
  startedAt: 0,
  endedAt: 1,
  conflict: null,
}

test('an archive that could not be made is not said to hold files', () => {
  expect(endSentence(failed)).toBe('No archive was made: The disk reported an error.')
  expect(endSentence({ ...failed, kind: 'files' })).toBe('The disk reported an error.')
  const one = { ...failed, failedCount: 1, failures: [{ path: 'a', error }] }
  expect(endSentence(one)).toBe('1 file could not be downloaded; 12 files could.')
})
