import { expect, test, vi } from 'vitest'
import { makeBatch } from '../shared/models/batch.fixture.ts'

vi.mock('electron', () => ({ app: {}, Notification: class {} }))
const { endSentence } = await import('./notifications.ts')

const error = { kind: 'disk', code: 'EIO', message: 'The disk reported an error.' } as const
const failed = makeBatch({ kind: 'archive', status: { state: 'failed', error }, fileCount: 13, doneCount: 12 })

test('an archive that could not be made is not said to hold files', () => {
  expect(endSentence(failed)).toBe('No archive was made: The disk reported an error.')
  expect(endSentence({ ...failed, kind: 'files' })).toBe('The disk reported an error.')
  const one = { ...failed, failedCount: 1, failures: [{ path: 'a', error }] }
  expect(endSentence(one)).toBe('1 file could not be downloaded; 12 files could.')
})
