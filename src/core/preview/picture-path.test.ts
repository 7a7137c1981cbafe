import { expect, test } from 'vitest'
import { picturePath } from './picture-path.ts'

const document = 'workspace/report/report.md'

test.each([
  ['images/a.png', 'workspace/report/images/a.png'],
  ['./a.PNG', 'workspace/report/a.PNG'],
  ['../a.jpeg', 'workspace/a.jpeg'],
  ['../../downloads/a.webp', 'downloads/a.webp'],
  ['a%20b%25.gif?v=1#top', 'workspace/report/a b%.gif'],
  ['übersicht.avif', 'workspace/report/übersicht.avif'],
  ['a//b.png', 'workspace/report/a/b.png'],
])('%s beside the document is %s of the run', (reference, path) => {
  expect(picturePath(document, reference)).toBe(path)
})

test.each([
  '',
  '#a.png',
  '?a.png',
  '../../../a.png',
  '../../../../etc/a.png',
  '%2e%2e/%2e%2e/%2e%2e/a.png',
  '..%2f..%2f..%2fa.png',
  '..\\..\\..\\a.png',
  '/etc/a.png',
  '/home/agent/workspace/report/images/a.png',
  '//example.com/a.png',
  '\\\\example.com\\a.png',
  'https://example.com/a.png',
  'HTTP://127.0.0.1/a.png',
  'file:///etc/a.png',
  'app://bundle/content/a.png',
  'data:image/svg+xml,a.png',
  'javascript:a.png',
  ' https://example.com/a.png',
  'ht\ntps://example.com/a.png',
  'a%00.png',
  'a\n.png',
  '%zz.png',
  'drawing.svg',
  'page.html',
  'images/',
  `${'x'.repeat(2_000)}.png`,
])('%j is no picture of the run', (reference) => {
  expect(picturePath(document, reference)).toBeNull()
})
