import { foldedPlaces, foldText } from './fold-text.ts'
import type { Query } from './query.ts'

/** Where a query's texts are found in a name: pairs of start and end in UTF-16 units, in order and without overlap. */
export function highlight(query: Query, name: string): (readonly [number, number])[] {
  const texts = query.terms.flatMap(({ not, condition }) => {
    if (not) return []
    if (condition.kind === 'glob') return condition.pattern.slice(condition.pattern.lastIndexOf('/') + 1).split(/[*?]+/)
    return condition.kind === 'text' || condition.kind === 'name' ? condition.text.split('/') : []
  })
  const wanted = texts.filter((text) => text !== '')
  if (wanted.length === 0) return []
  const folded = foldText(name)
  const found: [number, number][] = []
  for (const text of wanted)
    for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + text.length))
      found.push([at, at + text.length])
  if (found.length === 0) return []
  const places = foldedPlaces(name)
  return joined(found).map(([from, to]) => [places[from] ?? 0, places[to] ?? name.length])
}

function joined(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
