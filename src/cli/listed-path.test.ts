import { expect, test } from 'vitest'
import { isAtOrBelow, listedPath } from './listed-path.ts'

test.each([
  ['workspace/a', 'workspace/a'],
  ['./workspace/a', 'workspace/a'],
  ['/workspace//a/', 'workspace/a'],
  ['/home/agent/workspace/a', 'workspace/a'],
  ['/home/agent/', 'home/agent'],
  ['.', ''],
  ['workspace/../a', 'workspace/../a'],
  ['workspace/.hidden', 'workspace/.hidden'],
])('%j is %j', (given, path) => {
  expect(listedPath(given)).toBe(path)
})

test('a path is at or below itself, what is above it, and the empty one', () => {
  expect(['', 'a', 'a/b', 'a/bc', 'a/b/c'].map((above) => isAtOrBelow('a/b', above))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
