import { expect, test } from 'vitest'
import { previewShare } from './preview-share.ts'

const preview = 'src/renderer/src/features/preview/text-view.tsx'
const module = (script: string, length: number, ...imports: string[]) => ({ script, length, imports })
const first = [{ file: 'main.js', size: 1_000 }]

test('what is fetched later costs the first load nothing', () => {
  const modules = { 'index.html': module('main.js', 400, preview), [preview]: module('text-view.js', 900, 'lines') }
  expect(previewShare({ entries: ['index.html'], modules }, first)).toBe(0)
})

test('a preview in the first script counts, with what only it needs, and without what others need too', () => {
  const modules = {
    'index.html': module('main.js', 400, preview, 'react'),
    react: module('main.js', 100),
    [preview]: module('main.js', 200, 'highlighter', 'react'),
    highlighter: module('main.js', 300),
  }
  expect(previewShare({ entries: ['index.html'], modules }, first)).toBe(500)
})
