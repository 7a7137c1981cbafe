import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListingParser } from '../../src/core/api/listing-parser.ts'
import { parseListing } from '../../src/core/api/parse-listing.fixture.ts'
import type { WireFile } from '../../src/core/api/wire.ts'
import { Failure } from '../../src/core/failure.ts'
import { anyPath, anyText, anyValue, hold } from './hold.ts'

const field = fc.oneof(anyValue, anyPath, fc.nat())
/** Entries that are nearly right: each field of the contract, some left out, some of the wrong kind. */
const entry = fc.record(
  {
    id: fc.oneof(fc.uuid(), field),
    directory: field,
    filePath: fc.oneof(anyPath, field),
    fileName: field,
    fileSize: fc.oneof(fc.nat(), field),
    mimeType: field,
    createdBy: field,
    createdAt: field,
    updatedAt: field,
    downloadUrl: fc.oneof(fc.webUrl(), field),
  },
  { requiredKeys: [] },
)
const answer = fc.record({
  directories: fc.dictionary(anyText, fc.oneof(fc.array(fc.oneof(entry, anyValue), { maxLength: 8 }), anyValue)),
  lastUpdated: field,
})

test('any text read as a listing is a listing or a failure that says why', () =>
  hold(fc.oneof(anyText, fc.json()), (text) => {
    try {
      expect(parseListing(text).files).toBeInstanceOf(Array)
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Failure)
      expect((thrown as Failure).error.kind).toBe('bad-response')
    }
  }))

test('every entry of an answer is either a file or counted as left out', () =>
  hold(answer, (value) => {
    const text = toJson(value)
    if (text === null) return
    const read = JSON.parse(text) as { directories: Record<string, unknown> }
    const groups = Object.values(read.directories)
    const entries = groups.reduce<number>((total, group) => total + (Array.isArray(group) ? group.length : 0), 0)
    const odd = groups.filter((group) => !Array.isArray(group) && group !== null).length
    const listing = parseListing(text)
    expect(listing.files.length + listing.leftOut).toBe(entries + odd)
    for (const file of listing.files) {
      expect(file.fileSize === null || (Number.isSafeInteger(file.fileSize) && file.fileSize >= 0)).toBe(true)
    }
  }))

test('an answer reads the same in whatever pieces it arrives', () =>
  hold(fc.tuple(answer, fc.array(fc.nat({ max: 400 }), { maxLength: 20 })), ([value, cuts]) => {
    const text = toJson(value)
    if (text === null) return
    const bytes = Buffer.from(text)
    const files: WireFile[] = []
    const parser = createListingParser((file) => files.push(file))
    let from = 0
    for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
      parser.push(bytes.subarray(from, Math.min(cut, bytes.length)))
      from = Math.min(cut, bytes.length)
    }
    expect({ ...parser.end(), files }).toEqual(parseListing(text))
  }))

test('an answer that is cut anywhere is no listing', () =>
  hold(fc.tuple(answer, fc.double({ min: 0, max: 0.999, noNaN: true })), ([value, share]) => {
    const text = toJson(value)
    if (text === null) return
    const bytes = Buffer.from(text)
    const parser = createListingParser(() => {})
    expect(() => {
      parser.push(bytes.subarray(0, Math.floor(bytes.length * share)))
      parser.end()
    }).toThrow(Failure)
  }))

function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    // BigInt has no form in JSON.
    return null
  }
}
