import type { Listing } from '../../../shared/models/listing.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { beginsFileType } from '../index/file-type.ts'
import { isBy, meetsType } from './filter-files.ts'
import { type FoldedNames, findInNames } from './folded-names.ts'
import type { Query } from './query.ts'

const mostNamed = 12

/**
 * Notes on `type:` and `by:` values that nothing is called, with those that there are. A value that may still become one as
 * it is typed on is let be: so is a type that is known, though no file here is of it.
 */
export function noteUnknownValues(
  { terms }: Query,
  { creators, mimeTypes }: Catalogue,
  folded: FoldedNames,
  facets: Listing['facets'],
): Listing['filterNotes'] {
  if (facets.types.length === 0) return []
  const isType = (text: string) =>
    beginsFileType(text) ||
    mimeTypes.texts.some((mimeType) => meetsType(mimeType, text)) ||
    findInNames(folded, `.${text}`).includes(1)
  return terms.flatMap(({ condition, from, to }) => {
    const note = (message: string) => [{ from, to, message, isFault: false }]
    if (condition.kind === 'type' && !isType(condition.text))
      return note(`There is no such type. This run has ${namesOf(facets.types)}; an ending like csv works, too.`)
    if (condition.kind === 'by' && !creators.texts.some((creator) => isBy(creator, condition.text)))
      return note(`Nobody of that name made a file here. This run’s files are by ${namesOf(facets.creators)}.`)
    return []
  })
}

/** The names as they would be typed, those of most files first. */
function namesOf(facet: Listing['facets']['types']): string {
  const names = facet.filter(({ name }) => name !== '').map(({ name }) => (/\s/.test(name) ? `"${name}"` : name))
  if (names.length === 0) return 'nobody known'
  if (names.length > mostNamed) return `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ')
}
