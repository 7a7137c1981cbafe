import { createTextColumn, type TextColumn } from './text-column.ts'

/**
 * A column of links. What comes before the question mark and what comes after it each resemble those of the links before,
 * but not as a whole: a signed link has a file's own path, then what all share, then a signature of its own.
 */
export type LinkColumn = Pick<TextColumn, 'append' | 'at' | 'byteLength' | 'free'> & {
  /** Bytes of what comes before the question marks, and of what comes after. */
  readonly halves: () => readonly [number, number]
}

/** `like` is a column that this one may come to be as long as. */
export function createLinkColumn(like: LinkColumn | null = null, count = 0): LinkColumn {
  // Each its own: one that has to grow is held twice until the old one has been collected.
  const [before, after] = like?.halves() ?? [0, 0]
  const places = createTextColumn(null, { bytes: Math.ceil(before * 1.02), count })
  const queries = createTextColumn(null, { bytes: Math.ceil(after * 1.02), count })
  return {
    append(link) {
      const mark = link.indexOf('?')
      const end = mark < 0 ? link.length : mark
      places.append(link.slice(0, end))
      queries.append(link.slice(end))
    },
    at: (index) => places.at(index) + queries.at(index),
    halves: () => [places.byteLength(), queries.byteLength()],
    byteLength: () => places.byteLength() + queries.byteLength(),
    free() {
      places.free()
      queries.free()
    },
  }
}
