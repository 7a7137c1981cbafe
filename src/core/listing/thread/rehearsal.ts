import { createListingIndex } from '../index/listing-index.ts'

/** From so many rows on, code that has not been compiled yet is slow enough to be felt. */
const manyFiles = 100_000
/** Small enough for a step of some milliseconds, and often enough for the engine to find that it pays to compile. */
const rehearsedFiles = 4_000
const rounds = 30
const noFilter = { flat: false, directories: [], types: [], creators: [] }

/**
 * Does with a small listing of its own what a person may soon do with a large one, a step at a time: the first key of a
 * filter takes twice as long in code that the engine has not compiled for speed. Null where the listing is small.
 */
export function rehearsalFor(fileCount: number): Generator<undefined, void> | null {
  return fileCount < manyFiles ? null : rehearse()
}

function* rehearse(): Generator<undefined, void> {
  const index = createListingIndex()
  index.begin()
  index.addBytes(
    Buffer.from(JSON.stringify({ directories: { workspace: Array.from({ length: rehearsedFiles }, fileOf) } })),
  )
  index.complete(0)
  while (index.prepare()) yield
  index.setAllOpen(true)
  for (let round = 0; round < rounds; round += 1) {
    for (const how of ['all', 'none'] as const) index.select({ how })
    for (const text of ['a', 'file', 'folder-1/f', '*.csv', '']) {
      index.filter({ ...noFilter, text })
      index.rows(0, 60)
      yield
    }
  }
}

/** Some names hold more than ASCII, which is compiled for too. */
function fileOf(_: unknown, number: number) {
  return {
    id: String(number),
    filePath: `folder-${number % 100}/${number % 10 === 0 ? 'café' : 'file'}-${number}.${number % 3 === 0 ? 'csv' : 'txt'}`,
    createdBy: 'agent',
    updatedAt: '2026-01-31T12:00:00Z',
    downloadUrl: 'https://example.com',
  }
}
