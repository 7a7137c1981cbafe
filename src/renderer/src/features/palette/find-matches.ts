/** What can be found by its label, or by other names whose start someone types. */
type Findable = { readonly label: string; readonly alsoCalled?: readonly string[] | undefined }

/**
 * What a text means, best first: every word of it must begin a word of the label, or be within it, or begin what else it
 * is called.
 */
export function findMatches<T extends Findable>(offered: readonly T[], text: string): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return offered
  return offered
    .map((each, order) => ({ each, order, score: score(each, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.order - b.order)
    .map(({ each }) => each)
}

function score(each: Findable, words: readonly string[]): number {
  const label = each.label.toLowerCase()
  const also = (each.alsoCalled ?? []).flatMap((name) => [name, ...name.split(' ')]).map((name) => name.toLowerCase())
  // A name that was typed whole comes before longer ones that begin with it.
  let total = label === words.join(' ') ? 1 : 0
  for (const word of words) {
    const at = label.indexOf(word)
    if (at < 0 && !also.some((name) => name.startsWith(word))) return 0
    const begins = at === 0 ? 3 : at > 0 && label[at - 1] === ' ' ? 2 : 1
    total += begins
  }
  return total
}
