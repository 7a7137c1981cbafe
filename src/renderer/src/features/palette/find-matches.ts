import type { Action } from '../../../../shared/actions.ts'

/** The actions that a text means, best first: every word of it must begin a word of the label, or be within it. */
export function findMatches<T extends Pick<Action, 'label'>>(offered: readonly T[], text: string): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return offered
  return offered
    .map((action, order) => ({ action, order, score: score(action.label.toLowerCase(), words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.order - b.order)
    .map(({ action }) => action)
}

function score(label: string, words: readonly string[]): number {
  // A name that was typed whole comes before longer ones that begin with it.
  let total = label === words.join(' ') ? 1 : 0
  for (const word of words) {
    const at = label.indexOf(word)
    if (at < 0) return 0
    const begins = at === 0 ? 3 : label[at - 1] === ' ' ? 2 : 1
    total += begins
  }
  return total
}
