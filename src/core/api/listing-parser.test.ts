import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListingParser } from './listing-parser.ts'
import { parseListing } from './parse-listing.fixture.ts'
import { parseFile, type WireFile } from './wire.ts'

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
  expect(() => parseListing(text)).toThrow('server’s answer could not be used')
})

test('missing directories and extra fields are fine', () => {
  expect(parseListing('{"directories":{},"extra":1,"lastUpdated":5}')).toEqual({
    files: [],
    directories: [],
    leftOut: 0,
    lastUpdated: null,
  })
})

test('a directory keeps its files whatever it is called', () => {
  const listing = parseListing(`{"directories":{"__proto__":[${JSON.stringify({ ...file, directory: undefined })}]}}`)
  expect([listing.directories, listing.files.length]).toEqual([['__proto__'], 1])
})

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record({ ...fileShape(), filePath: fc.string({ unit: 'grapheme' }) }),
  fc.record(fileShape()),
)

function fileShape() {
  return {
    id: fc.oneof(fc.string(), fc.integer()),
    filePath: fc.string(),
    fileName: fc.string({ unit: 'binary' }),
    fileSize: fc.oneof(fc.integer(), fc.constant(null)),
    downloadUrl: fc.string(),
  }
}

test('an answer reads the same in whatever pieces it arrives, and as an ordinary parser reads it', () => {
  const groups = fc.dictionary(fc.string(), fc.oneof(fc.array(anything), fc.jsonValue()))
  const answers = fc.record({ directories: groups, lastUpdated: fc.jsonValue(), more: fc.jsonValue() })
  fc.assert(
    fc.property(answers, fc.array(fc.integer({ min: 1, max: 40 })), fc.constantFrom(0, 2), (value, sizes, indent) => {
      const bytes = Buffer.from(JSON.stringify(value, null, indent))
      const files: WireFile[] = []
      const parser = createListingParser((file) => files.push(file))
      for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
        const size = sizes[piece] ?? bytes.length
        parser.push(Uint8Array.from(bytes.subarray(at, at + size)))
        at += size
      }
      const { directories } = JSON.parse(bytes.toString()) as { directories: Record<string, unknown> }
      const found = Object.entries(directories).flatMap(([name, group]) =>
        Array.isArray(group) ? group.map((entry) => parseFile(entry, name)) : group === null ? [] : [null],
      )
      expect({ files, ...parser.end() }).toEqual({
        files: found.filter((file) => file !== null),
        leftOut: found.filter((file) => file === null).length,
        directories: expect.arrayContaining(Object.keys(directories)),
        lastUpdated: typeof value.lastUpdated === 'string' ? value.lastUpdated : null,
      })
    }),
  )
})

test('an entry that is not JSON, or larger than any file can be, is left out alone', () => {
  const text = JSON.stringify(file)
  const broken = text.replace('"b"', '"\\x"')
  const huge = JSON.stringify({ ...file, more: 'x'.repeat(2 * 1024 * 1024) })
  const answered = `{"directories":{"workspace":[${[text, broken, huge, text].join(',')}]}}`
  expect(parseListing(answered)).toMatchObject({ files: [{ id: 'a' }, { id: 'a' }], leftOut: 2 })
})

test.each([
  '{"directories":{"workspace":[',
  '{"directories":{}',
  '{"directories":{"workspace":[]}} x',
  '{"directories"}',
])('%j, which is cut short or goes on, is a bad response', (text) => {
  expect(() => parseListing(text)).toThrow('server’s answer could not be used')
})
