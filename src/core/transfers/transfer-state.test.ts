import { expect, test } from 'vitest'
import type { TransferState } from '../../shared/models/transfer.ts'
import { nextState, type TransferEvent } from './transfer-state.ts'

const error = { kind: 'not-found', message: 'Gone.' } as const
const wait = { reason: 'retry', until: 1, message: 'Again soon.' } as const
const events: readonly TransferEvent[] = [
  { event: 'start' },
  { event: 'verify' },
  { event: 'wait', ...wait },
  { event: 'go-on' },
  { event: 'pause' },
  { event: 'cancel' },
  { event: 'finish', note: null },
  { event: 'fail', error },
  { event: 'retry' },
]
const allowed: readonly (readonly [TransferState, readonly TransferEvent['event'][]])[] = [
  [{ state: 'queued' }, ['start', 'wait', 'pause', 'cancel', 'fail']],
  [{ state: 'running' }, ['verify', 'wait', 'pause', 'cancel', 'finish', 'fail']],
  [{ state: 'verifying' }, ['wait', 'pause', 'cancel', 'finish', 'fail']],
  [{ state: 'waiting', ...wait }, ['wait', 'go-on', 'pause', 'cancel', 'fail']],
  [{ state: 'paused' }, ['go-on', 'cancel']],
  [{ state: 'done', note: null }, []],
  [{ state: 'failed', error }, ['retry']],
  [{ state: 'cancelled' }, ['retry']],
]

test.each(allowed)('from %j only what makes sense is taken', (from, expected) => {
  expect(events.filter((event) => nextState(from, event) !== null).map(({ event }) => event)).toEqual(expected)
})
