import { expect, test } from 'vitest'
import { parseListing } from './wire.ts'

const file = {
  id: 'a',
  agentId: 'b',
  executionId: 'c',
  directory: 'workspace',
  filePath: 'x.txt',
  fileName: 'x.txt',
  fileSize: 2 ** 40,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  createdBy: 'agent',
  downloadUrl: 'https://x.example/1',
}
const answer = (directories: unknown) => JSON.stringify({ directories })

test('one malformed entry never loses the rest', () => {
  const listing = parseListing(answer({ workspace: [file, null, 7, {}, { ...file, downloadUrl: 5 }, file] }))
  expect([listing.files.length, listing.leftOut]).toEqual([2, 4])
})

test('a size past 2^31 is exact, and a negative, absent or wrong one is unknown', () => {
  const sizes = [file, { ...file, fileSize: -1 }, { ...file, fileSize: undefined }, { ...file, fileSize: 'x' }]
  expect(parseListing(answer({ workspace: sizes })).files.map((each) => each.fileSize)).toEqual([
    2 ** 40,
    null,
    null,
    null,
  ])
})

test("an entry's own directory wins over the group it was listed in, and an unknown one is kept", () => {
  const listing = parseListing(answer({ uploads: [file], extra: [{ ...file, directory: undefined }] }))
  expect(listing.files.map((each) => each.directory)).toEqual(['workspace', 'extra'])
})

test.each(['', '<html>', '[]', '{}', '{"directories":[]}', 'null'])('%j is a bad response', (text) => {
  expect(() => parseListing(text)).toThrow("server's answer could not be used")
})

test('missing directories and extra fields are fine', () => {
  expect(parseListing('{"directories":{},"extra":1,"lastUpdated":5}')).toEqual({
    files: [],
    directories: [],
    leftOut: 0,
    lastUpdated: null,
  })
})
