import { createListingParser, type WireListing } from './listing-parser.ts'
import type { WireFile } from './wire.ts'

/** Reads an answer that is at hand whole. Throws `bad-response`. */
export function parseListing(text: string): WireListing {
  const files: WireFile[] = []
  const parser = createListingParser((file) => files.push(file))
  parser.push(Buffer.from(text))
  return { files, ...parser.end() }
}
