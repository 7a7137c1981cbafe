import { createTextColumn, type TextColumn } from './text-column.ts'

/**
 * A column of links. What comes before the question mark and what comes after it each resemble those of the links before,
 * but not as a whole: a signed link has a file's own path, then what all share, then a signature of its own.
 */
export type LinkColumn = Pick<TextColumn, 'append' | 'at' | 'byteLength' | 'free'>

/** `like` is a column that this one may come to be as long as. */
export function createLinkColumn(like: LinkColumn | null = null, count = 0): LinkColumn {
  const half = like ? Math.ceil(like.byteLength() * 0.6) : 0
  const places = createTextColumn(null, { bytes: half, count })
  const queries = createTextColumn(null, { bytes: half, count })
  return {
    append(link) {
      const mark = link.indexOf('?')
      const end = mark < 0 ? link.length : mark
      places.append(link.slice(0, end))
      queries.append(link.slice(end))
    },
    at: (index) => places.at(index) + queries.at(index),
    byteLength: () => places.byteLength() + queries.byteLength(),
    free() {
      places.free()
      queries.free()
    },
  }
}
