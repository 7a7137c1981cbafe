import { expect, test } from 'vitest'
import { strongValidator } from './validator.ts'

const date = 'Tue, 03 Mar 2026 10:00:00 GMT'
const older = 'Tue, 03 Mar 2026 09:59:59 GMT'

test.each([
  ['a strong ETag', { etag: '"a"', 'last-modified': older, date }, '"a"'],
  ['a weak ETag, whatever else there is', { etag: 'W/"a"', 'last-modified': older, date }, null],
  ['an ETag without quotes', { etag: 'a' }, null],
  ['a time that is a second older than the answer', { 'last-modified': older, date }, older],
  ['a time within the same second, in which the file may have changed again', { 'last-modified': date, date }, null],
  ['a time, where the answer has none', { 'last-modified': older }, null],
  ['nothing', {}, null],
])('what can be gone on from by %s', (_, headers, expected) => {
  expect(strongValidator(new Map(Object.entries(headers)))).toBe(expected)
})
