import { expect, test } from 'vitest'
import { createPathMatcher } from './path-pattern.ts'

test.each([
  ['', 'workspace/a.csv', ''],
  ['./workspace', 'workspace/a.csv', 'workspace'],
  ['work', 'workspace/a.csv', null],
  ['*.csv', 'workspace/deep/a.csv', 'workspace/deep/a.csv'],
  ['*.csv', 'workspace/a.csv.txt', null],
  ['rep*', 'workspace/report/images/a.png', 'workspace/report'],
  ['workspace/*.csv', 'workspace/a.csv', 'workspace/a.csv'],
  ['./workspace/*.csv', 'workspace/a.csv', 'workspace/a.csv'],
  ['/home/agent/workspace/*.csv', 'workspace/a.csv', 'workspace/a.csv'],
  ['workspace/*.csv', 'workspace/deep/a.csv', null],
  ['workspace/**.csv', 'workspace/deep/a.csv', 'workspace/deep/a.csv'],
  ['workspace/*.csv', 'downloads/workspace/a.csv', null],
  ['a?.csv', 'shared/a1.csv', 'shared/a1.csv'],
  ['really?', 'shared/really?/a', 'shared/really?'],
  ['shared/a*b', 'shared/a*b/c', 'shared/a*b'],
])('%j names in %j the part %j', (given, path, expected) => {
  expect(createPathMatcher(given)(path)).toBe(expected)
})
