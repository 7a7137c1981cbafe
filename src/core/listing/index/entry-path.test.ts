import { expect, test } from 'vitest'
import { pathWithinDirectory } from './entry-path.ts'

test.each([
  ['/home/agent/workspace/a/b.txt', 'a/b.txt'],
  ['workspace/a/b.txt', 'a/b.txt'],
  ['/workspace/a/b.txt', 'a/b.txt'],
  ['./workspace/a/b.txt', 'a/b.txt'],
  ['a/b.txt', 'a/b.txt'],
  ['/a//b.txt', 'a/b.txt'],
  ['./a/./b.txt', 'a/b.txt'],
  ['/home/agent/workspace/workspace/b.txt', 'workspace/b.txt'],
  ['/home/agent/uploads/b.txt', 'home/agent/uploads/b.txt'],
  ['../../etc/passwd', '../../etc/passwd'],
  ['a\\b.txt', 'a\\b.txt'],
  ['a\u0000\u202eb.txt', 'a\uFFFD\uFFFDb.txt'],
  ['a\u200e\u200fb\u2066\u2069.txt', 'a\uFFFD\uFFFDb\uFFFD\uFFFD.txt'],
  ['/', 'fallback.txt'],
  ['/home/agent/workspace/', 'fallback.txt'],
])('%j is shown as %j', (filePath, expected) => {
  expect(pathWithinDirectory('workspace', filePath, 'fallback.txt').join('/')).toBe(expected)
})
