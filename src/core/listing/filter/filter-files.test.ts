import { expect, test } from 'vitest'
import { createListingIndex } from '../index/listing-index.ts'

const hour = 3_600_000
const now = Date.parse('2026-01-31T12:00:00Z')

const files = [
  { filePath: 'reports/2025/total.csv', fileSize: 12_000_000, updatedAt: now - 3 * hour, mimeType: 'text/csv' },
  { filePath: 'reports/2026/Total.CSV', fileSize: 500, updatedAt: now - hour / 2 },
  { filePath: 'shots/Café 1.png', fileSize: 90_000, updatedAt: now - 72 * hour, mimeType: 'image/png' },
  { filePath: 'shots/old reports.txt', fileSize: null, updatedAt: null, createdBy: 'user' },
  { filePath: 'my reports/a.jpg', fileSize: 0, updatedAt: now, createdBy: 'user' },
]

function matchesOf(text: string): string {
  const index = createListingIndex(() => now)
  const workspace = files.map((file, number) => ({
    id: String(number),
    createdBy: 'agent',
    downloadUrl: 'https://x.example',
    ...file,
    updatedAt: file.updatedAt === null ? '' : new Date(file.updatedAt).toISOString(),
  }))
  index.begin()
  index.addBytes(Buffer.from(JSON.stringify({ directories: { workspace } })))
  index.complete(now)
  index.filter({ text, flat: true, directories: [], types: [], creators: [] })
  const found = index
    .rows(0, 100)
    .rows.map(({ path }) => files.findIndex((file) => `workspace/${file.filePath}` === path))
  return found.sort().join('')
}

test.each([
  ['total', '01'],
  ['csv 2026', '1'],
  ['2026 csv', '1'],
  ['reports', '0134'],
  ['reports -total', '34'],
  ['*.csv', '01'],
  ['t?tal*', '01'],
  ['*o*a*', '01'],
  ['t*al.csv', '01'],
  ['reports/*', '01'],
  ['reports/**.csv', '01'],
  ['path:reports/', '014'],
  ['path:/reports/', '01'],
  ['path:workspace/reports/2025', '0'],
  ['path:ts/20', '01'],
  ['name:reports', '3'],
  ['cafe', '2'],
  ['"my reports"', '4'],
  ['size:>10mb', '0'],
  ['size:<1kb', '14'],
  ['size:unknown', '3'],
  ['-size:unknown', '0124'],
  ['by:user', '34'],
  ['type:image', '24'],
  ['type:csv', '01'],
  ['type:text/csv', '0'],
  ['type:png', '2'],
  ['modified:<1h', '14'],
  ['modified:>2d', '2'],
  ['-modified:<1h', '023'],
  ['is:new', ''],
  ['nothing', ''],
  ['*', '01234'],
])('%s finds %j', (text, expected) => {
  expect(matchesOf(text)).toBe(expected)
})
