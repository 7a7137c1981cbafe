import { expect, test } from 'vitest'
import type { ExecutionKey } from '../shared/models/execution.ts'
import { createExecutionInbox } from './execution-inbox.ts'

const first: ExecutionKey = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' }
const second: ExecutionKey = { ...first, source: 'sample' }

test('what comes before the window listens waits for it, and is given once', () => {
  const delivered: ExecutionKey[] = []
  const inbox = createExecutionInbox((execution) => delivered.push(execution))
  inbox.hand(first)
  expect(inbox.take()).toEqual(first)
  expect(inbox.take()).toBeNull()
  inbox.hand(second)
  expect(delivered).toEqual([second])
})

test('while the window is loaded anew, the newest waits', () => {
  const delivered: ExecutionKey[] = []
  const inbox = createExecutionInbox((execution) => delivered.push(execution))
  inbox.take()
  inbox.pause()
  inbox.hand(first)
  inbox.hand(second)
  expect(delivered).toEqual([])
  expect(inbox.take()).toEqual(second)
})
