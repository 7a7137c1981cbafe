import { expect, test } from 'vitest'
import { parseRetryAfter, waitWords } from './answer-error.ts'

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [90, '90 seconds'],
  [60, '1 minute'],
  [3_600, '1 hour'],
  [5_000, '84 minutes'],
  [86_399, '24 hours'],
  [86_400, '1 day'],
  [200_000, '3 days'],
])('%i seconds to wait are told as %j', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words)
})

test.each([
  ['120', 120],
  ['0', 0],
  ['99999999999', 604_800],
  ['Fri, 20 Nov 2099 10:00:00 GMT', 604_800],
  ['Fri, 20 Nov 2026 10:00:30 GMT', 30],
  ['Friday, 20-Nov-26 10:00:30 GMT', 30],
  ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
  ['-1', null],
  ['soon', null],
  [undefined, null],
])('Retry-After %j is %j seconds', (value, seconds) => {
  expect(parseRetryAfter(value, Date.parse('2026-11-20T10:00:00Z'))).toBe(seconds)
})
