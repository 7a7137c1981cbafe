import { expect, test } from 'vitest'
import { formatCount } from './count.ts'
import { formatCreator } from './creator.ts'
import { formatPercent } from './percent.ts'
import { formatSize } from './size.ts'
import { formatAgo, formatDate, formatTimeLeft, formatWait } from './time.ts'
import { contradicts, formatType } from './type.ts'

const now = Date.parse('2026-03-05T12:00:00Z')
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [9_949, '9.9 kB'],
  [9_990, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [3_000_000_000, '3.0 GB'],
  [2e18, '2,000 PB'],
])('%d bytes are written as %s', (bytes, written) => {
  expect(plain(formatSize(bytes))).toBe(written)
})

test('counts agree with their nouns', () => {
  expect([0, 1, 12_000].map((count) => formatCount(count, 'file'))).toEqual(['0 files', '1 file', '12,000 files'])
  expect(formatCount(2, 'entry was', 'entries were')).toBe('2 entries were')
})

test('times are told by their distance, and by their date when they are long past', () => {
  expect(formatAgo(now - 20_000, now)).toBe('just now')
  expect(formatAgo(now + 90_000, now)).toBe('just now')
  expect(plain(formatAgo(now - 2 * 3_600_000, now))).toBe('2 hours ago')
  expect(plain(formatAgo(now - 12 * 86_400_000, now, 'short'))).toBe('12d ago')
  expect(formatAgo(now - 31 * 86_400_000, now)).toBe('last month')
  expect(plain(formatAgo(now - 200 * 86_400_000, now))).toBe('6 months ago')
  expect(plain(formatAgo(Date.parse('2024-01-10T10:00:00Z'), now))).toBe('2 years ago')
  expect(formatAgo(Date.parse('2024-01-10T10:00:00Z'), now, 'short')).toBe('Jan 10, 2024')
})

test('a column shows the clock for today and the year for other years', () => {
  expect(formatDate(now, now)).toMatch(/^Today, /)
  expect(formatDate(Date.parse('2025-01-10T10:00:00Z'), now)).toBe('Jan 10, 2025')
})

test('what is left is rounded to what a person plans with', () => {
  expect([0.4, 42, 59.5, 130, 3_590, 3_720, 7_195, 200_000].map(formatTimeLeft).map(plain)).toEqual([
    'a moment left',
    '42 sec left',
    '1 min left',
    '3 min left',
    '1 hr left',
    '1 hr 2 min left',
    '2 hr left',
    '3 days left',
  ])
})

test('types are told from the name, and from the MIME type where the name has none', () => {
  expect(formatType('report.csv', null)).toBe('CSV table')
  expect(formatType('page.png', 'image/png')).toBe('PNG image')
  expect(formatType('.gitignore', 'text/plain')).toBe('Plain text')
  expect(formatType('scan.xyz', 'image/x-xyz')).toBe('XYZ image')
  expect(formatType('data.xyz', 'application/octet-stream')).toBe('XYZ file')
  expect(formatType('README', null)).toBe('File')
})

test('a creator that is not known stays as it came', () => {
  expect([formatCreator('agent'), formatCreator('nightly-job')]).toEqual(['Agent', 'nightly-job'])
})

test.each([
  ['text/csv', 'text/plain', false],
  ['text/x-python', 'text/plain', false],
  ['application/x-yaml', 'text/plain', false],
  ['audio/x-wav', 'audio/wav', false],
  ['application/octet-stream', 'image/png', false],
  [null, 'image/png', false],
  ['application/pdf', 'image/png', true],
  ['image/png', 'application/vnd.microsoft.portable-executable', true],
  ['text/plain; charset=utf-8', 'application/zip', true],
  ['image/png', 'text/html', true],
])('of a given %s and a found %s, one makes the other wrong: %s', (given, found, isWrong) => {
  expect(contradicts(given, found)).toBe(isWrong)
})

test('a wait is said in seconds while they are counted, and in minutes and hours from there', () => {
  expect([-3, 1, 89.2, 91, 600, 80_000].map(formatWait)).toEqual([
    '0 seconds',
    '1 second',
    '90 seconds',
    '2 minutes',
    '10 minutes',
    '23 hours',
  ])
})

test('a percentage reaches 100 only with all of it', () => {
  expect([0, 0.126, 0.9999, 1, 1.2].map(formatPercent)).toEqual(['0%', '12%', '99%', '100%', '100%'])
})
