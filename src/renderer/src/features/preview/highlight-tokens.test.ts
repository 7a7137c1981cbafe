import highlighter from 'highlight.js/lib/core'
import xml from 'highlight.js/lib/languages/xml'
import { expect, test } from 'vitest'
import { tokenLines } from './highlight-tokens.ts'

highlighter.registerLanguage('xml', xml)

test('the tokens of all lines add up to the text, whatever is in it', () => {
  const text = '<!-- a\n comment -->\n<a href="x&amp;y">it\'s "1 < 2" &lt;script&gt;</a>\n\n<b\n'
  const lines = tokenLines(highlighter.highlight(text, { language: 'xml' }).value)
  expect(lines.map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(text)
})

test('a token that goes over several lines keeps its colour on each', () => {
  expect(tokenLines('<span class="hljs-comment">a\nb</span>c')).toEqual([
    [{ scope: 'comment', text: 'a' }],
    [
      { scope: 'comment', text: 'b' },
      { scope: '', text: 'c' },
    ],
  ])
})
