import type { Batch } from '../../../shared/models/transfer.ts'
import type { BatchStart } from './batch-run.ts'
import type { Numbers } from './numbers.ts'

/** A batch as others may see it. */
export function batchRecord(
  { id, kind, title, executionId, source, target, startedAt }: BatchStart,
  numbers: Numbers,
  { status, endedAt, conflict }: Pick<Batch, 'status' | 'endedAt' | 'conflict'>,
): Batch {
  const shown = numbers.shown(status.state === 'running')
  return { id, kind, title, executionId, source, target, status, ...shown, startedAt, endedAt, conflict }
}
