import { expect, test } from 'vitest'
import type { Recent } from '../../../shared/models/execution.ts'
import type { Listing } from '../../../shared/models/listing.ts'
import { openRunInfo, openRunName } from './executions.ts'

const executionId = '5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11'
const known = { agentName: 'Collect invoices', status: 'completed' } as Recent['info']
const recents = [
  { executionId, source: 'sample', label: '', pinned: false, openedAt: 1, info: null },
  { executionId, source: 'account', label: '', pinned: false, openedAt: 1, info: known },
] as readonly Recent[]
const opened = (info: Listing['info']) => ({ executionId, source: 'account', info }) as Listing

test('a run whose state could not be asked for is called as it was when it last could', () => {
  const state = { listing: opened(null), recents, sampleRuns: [] }
  expect([openRunName(state), openRunInfo(state)]).toEqual(['Collect invoices', known])
})

test('what is told now counts more than what was known, and a run that nobody knows has its short id', () => {
  const running = { agentName: 'Collect more', status: 'running' } as Listing['info']
  expect(openRunName({ listing: opened(running), recents, sampleRuns: [] })).toBe('Collect more')
  expect(openRunName({ listing: opened(null), recents: [], sampleRuns: [] })).toBe('5f1d3c0e')
  expect(openRunName({ listing: null, recents, sampleRuns: [] })).toBeNull()
})
