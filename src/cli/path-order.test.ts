import { expect, test } from 'vitest'
import { pathSortKey } from './path-order.ts'

test('paths sort as people read them', () => {
  const sorted = [
    'downloads/z',
    'workspace/a/10.txt',
    'workspace/a/b/c',
    'workspace/a b/1.txt',
    'workspace/a.txt',
    'workspace/B-2.txt',
    'workspace/b-010.txt',
    'workspace/b-11.txt',
  ]
  const byKey = (one: string, other: string) => (pathSortKey(one) < pathSortKey(other) ? -1 : 1)
  expect(sorted.toReversed().toSorted(byKey)).toEqual(sorted)
})
