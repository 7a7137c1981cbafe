import { createListingParser, type ListingFacts, type ListingParser } from '../../api/listing-parser.ts'
import type { FileColumns } from '../columns/file-columns.ts'
import type { Catalogue } from './catalogue.ts'
import { createListingBuilder, type ListingBuilder } from './listing-builder.ts'

/** An answer of the API on its way into columns, beside the listing that is shown. */
export type Incoming = {
  /** Starts anew; `like` is an earlier answer, which tells how much room this one may need. */
  readonly begin: (like: FileColumns | null) => void
  readonly isUnderWay: () => boolean
  /** Takes the answer's next bytes; answers how many files have come. Throws `bad-response`. */
  readonly addBytes: (bytes: Uint8Array) => number
  /** What has come so far. */
  readonly soFar: () => FileColumns | null
  /** Takes the end; null when nothing was under way. Throws `bad-response`. */
  readonly end: () => { readonly files: FileColumns; readonly facts: Omit<ListingFacts, 'directories'> } | null
  readonly abandon: () => void
}

export function createIncoming(catalogue: Catalogue): Incoming {
  let underWay: { readonly builder: ListingBuilder; readonly parser: ListingParser } | null = null
  return {
    begin(like) {
      const builder = createListingBuilder(catalogue, like)
      underWay = { builder, parser: createListingParser(builder.add) }
    },
    isUnderWay: () => underWay !== null,
    addBytes(bytes) {
      underWay?.parser.push(bytes)
      return underWay?.builder.files.count ?? 0
    },
    soFar: () => underWay?.builder.files ?? null,
    end() {
      if (!underWay) return null
      const { builder, parser } = underWay
      const { directories, ...facts } = parser.end()
      for (const directory of directories) builder.addDirectory(directory)
      underWay = null
      return { files: builder.files, facts }
    },
    abandon() {
      underWay = null
    },
  }
}
