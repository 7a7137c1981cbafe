import type { Batch } from './transfer.ts'

/** A download of one file that has just been asked for, but for what is given. */
export function makeBatch(changes: Partial<Batch> = {}): Batch {
  return {
    id: '1',
    kind: 'files',
    title: 'Run',
    executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    source: 'account',
    target: '/t',
    status: { state: 'queued' },
    fileCount: 1,
    doneCount: 0,
    skippedCount: 0,
    unchangedCount: 0,
    failedCount: 0,
    renamedCount: 0,
    totalBytes: 1,
    unknownSizes: 0,
    receivedBytes: 0,
    speed: 0,
    secondsLeft: null,
    startedAt: 0,
    endedAt: null,
    conflict: null,
    failures: [],
    ...changes,
  }
}
