import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGlobMatcher } from '../../src/core/listing/filter/glob-matcher.ts'
import { highlight } from '../../src/core/listing/filter/highlight.ts'
import { parseQuery } from '../../src/core/listing/filter/query.ts'
import { anyText, hold } from './hold.ts'

const now = Date.UTC(2026, 0, 31, 12)
const word = fc.oneof(
  anyText,
  fc.stringMatching(/^-?(name|path|size|modified|by|type|is|x):[<>=]{0,2}"?[0-9a-z.*?/-]{0,12}"?$/),
  fc.constantFrom('size:1constructor', 'modified:<1toString', 'size:>1e999', 'modified:9999-99-99', '"', '-', '--"'),
)
const typed = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '))

test('whatever is typed is read: each term whole, each fault within the text', () =>
  hold(typed, (text) => {
    const { terms, errors } = parseQuery(text, now)
    for (const { condition } of terms) {
      if ('from' in condition) expect([condition.from, condition.to].some(Number.isNaN)).toBe(false)
    }
    for (const { from, to, message } of errors) {
      expect(0 <= from && from < to && to <= text.length).toBe(true)
      expect(message).not.toBe('')
    }
  }))

test('what is marked in a name lies within it, in order', () =>
  hold(fc.tuple(typed, anyText), ([text, name]) => {
    let last = 0
    for (const [from, to] of highlight(parseQuery(text, now), name)) {
      expect(last <= from && from < to && to <= name.length).toBe(true)
      last = to
    }
  }))

test('a glob fits what the same regular expression fits', () =>
  hold(fc.tuple(fc.stringMatching(/^[ab/*?]{0,8}$/), fc.stringMatching(/^[ab/]{0,10}$/)), ([pattern, text]) => {
    const expression = pattern.replace(/\*\*+|[*?]/g, (part) => ({ '?': '[^/]', '*': '[^/]*' })[part] ?? '.*')
    expect(createGlobMatcher(pattern, 'start')(text)).toBe(new RegExp(`^${expression}$`).test(text))
    expect(createGlobMatcher(pattern, 'slash')(text)).toBe(new RegExp(`(?:^|/)${expression}$`).test(text))
  }))
