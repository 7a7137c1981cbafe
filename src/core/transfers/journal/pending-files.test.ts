import { expect, test } from 'vitest'
import { createMemorySource, executionId } from '../memory-source.fixture.ts'
import { toLine } from './lines.ts'
import { pendingFiles } from './pending-files.ts'
import { remember } from './remembered.ts'

const at = '2026-01-02T03:04:05Z'

/** What is pending of a plan, by index, and which of it is gone, where the listing has these ids at these paths. */
async function pendingOf(plan: readonly string[][], listed: readonly (readonly [id: string, path: string])[]) {
  const files = plan.map(([id = '', path = '']): [string, string, number | null, string] => [id, path, 5, at])
  const total = { fileCount: plan.length, size: 5, unknownSizes: 0 }
  const batch = { id: executionId, kind: 'files', title: 'A', executionId, source: 'account', target: '/t' } as const
  const first = {
    record: 'batch',
    version: 1,
    ...batch,
    conflicts: 'ask',
    startedAt: 1,
    total,
    everything: true,
  } as const
  const lines = [
    toLine({ ...first, layout: { leading: 0, folder: null } }),
    toLine({ record: 'plan', first: 0, files }),
    toLine({ record: 'planned', count: plan.length }),
  ]
  const remembered = remember(lines.join(''))
  if (!remembered) throw new Error('The journal could not be read.')
  const source = createMemorySource(
    listed.map(([id, path]) => ({ id, path, size: 5 })),
    () => 'https://storage.example/a',
  )
  const found: string[] = []
  const walk = pendingFiles({
    remembered,
    targets: (index) => [`${index}`],
    parts: new Map(),
    source: async () => source,
    isWalked: () => false,
  })
  for await (const some of walk) found.push(...some.map(({ index, isGone }) => `${index}${isGone ? ' gone' : ''}`))
  return found
}

test('files that share a path are each found by id, or told to be gone', async () => {
  const plan = [
    ['one', 'a'],
    ['two', 'a'],
    ['three', 'b'],
    ['four', 'b'],
  ]
  expect(await pendingOf(plan, [['one', 'a']])).toEqual(['0', '1 gone', '2 gone', '3 gone'])
  expect(await pendingOf(plan, [['two', 'a']])).toEqual(['1', '0 gone', '2 gone', '3 gone'])
})

test('files that share a path are found by it one for one, where all ids have changed', async () => {
  const plan = [
    ['one', 'a'],
    ['two', 'a'],
  ]
  const anew = [
    ['five', 'a'],
    ['six', 'a'],
    ['seven', 'a'],
  ] as const
  expect((await pendingOf(plan, anew)).sort()).toEqual(['0', '1'])
})

test('a file that another entry’s path leads to is not brought for two', async () => {
  const plan = [
    ['one', 'a'],
    ['two', 'b'],
  ]
  // The second has moved to where the first was.
  expect(await pendingOf(plan, [['two', 'a']])).toEqual(['1', '0 gone'])
})
