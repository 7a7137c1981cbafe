import { expect, test } from 'vitest'
import { createGlobMatcher } from './glob-matcher.ts'

test.each([
  ['*.csv', 'a.csv', true],
  ['*.csv', 'a.csv.bak', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a?c', 'a/c', false],
  ['a*c', 'a/c', false],
  ['a**c', 'a/b/c', true],
  ['?', '😀', true],
  ['', '', true],
  ['*', '', true],
  ['a[b].(c)', 'a[b].(c)', true],
])('%j fits %j: %j', (pattern, text, fits) => {
  expect(createGlobMatcher(pattern, 'start')(text)).toBe(fits)
})

test.each([
  ['b/*.csv', 'a/b/c.csv', true],
  ['b/*.csv', 'b/c.csv', true],
  ['b/*.csv', 'ab/c.csv', false],
  ['b/*.csv', 'b/c/d.csv', false],
  ['b/**.csv', 'a/b/c/d.csv', true],
])('after a slash, %j fits %j: %j', (pattern, text, fits) => {
  expect(createGlobMatcher(pattern, 'slash')(text)).toBe(fits)
})

test('a matcher may be asked again', () => {
  const fits = createGlobMatcher('a*', 'start')
  expect([fits('ab'), fits('b'), fits('a')]).toEqual([true, false, true])
})

test('a pattern of many stars comes to an end', () => {
  const fits = createGlobMatcher(`${'*a'.repeat(100)}*b`, 'start')
  expect(fits('a'.repeat(240))).toBe(false)
})
