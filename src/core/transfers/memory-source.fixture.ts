import type { AsteroidClient } from '../api/client.ts'
import type { Connection } from '../api/request-policy.ts'
import type { FileSource, SourceFile } from './file-source.ts'

export const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

/** A source over plain data; `link` makes the link of a file, for the listing's number. */
export type MemorySource = FileSource & {
  readonly listings: () => number
  /** What the run holds from the next listing on. */
  readonly set: (files: readonly MemoryFile[]) => void
}

export type MemoryFile = Partial<Omit<SourceFile, 'segments' | 'downloadUrl'>> & { readonly path: string }

/** Makes a source of these files. */
export function createMemorySource(
  first: readonly MemoryFile[],
  link: (file: MemoryFile, listing: number) => string,
): MemorySource {
  let listings = 1
  let files = first
  const complete = (file: MemoryFile, listing = listings): SourceFile => ({
    id: file.id ?? file.path,
    path: file.path,
    segments: file.path.split('/'),
    size: file.size ?? null,
    updatedAt: file.updatedAt ?? '2026-01-02T03:04:05Z',
    mimeType: file.mimeType ?? null,
    downloadUrl: link(file, listing),
  })
  const find = (wanted: Parameters<FileSource['relist']>[0]) =>
    wanted.map(({ id, path }) => {
      const found = files.find((file) => (file.id ?? file.path) === id) ?? files.find((file) => file.path === path)
      return found ? complete(found) : null
    })

  return {
    execution: { executionId, source: 'account' },
    listings: () => listings,
    set(next) {
      files = next
    },
    async total() {
      const sizes = files.map(({ size }) => size ?? null)
      const known = sizes.filter((size) => size !== null)
      return {
        fileCount: files.length,
        size: known.reduce((sum, size) => sum + size, 0),
        unknownSizes: sizes.length - known.length,
      }
    },
    async *files() {
      // As they are in this listing, whatever comes after it.
      const [those, listing] = [files, listings]
      for (let at = 0; at < those.length; at += 200)
        yield those.slice(at, at + 200).map((file) => complete(file, listing))
    },
    async newest(wanted) {
      return find(wanted)
    },
    async relist(wanted) {
      listings += 1
      return find(wanted)
    },
  }
}

/** The part of a client that transfers use. */
export function clientOf(connection: Connection): AsteroidClient {
  const refuse = () => Promise.reject(new Error('Not part of this test.'))
  return {
    connection,
    openListing: refuse,
    listFiles: refuse,
    getExecution: refuse,
    listExecutions: refuse,
    checkKey: refuse,
    openContent: refuse,
    close: async () => {},
  }
}
