type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'some' }
  | { readonly kind: 'all' }

/**
 * Makes a test of a glob: `?` is one character and `*` any number, but for `/`; `**` is any number of all.
 *
 * `from` says where a match may start: at the text's start alone, or after any slash too. It ends at the text's end.
 * The time grows with the two lengths alone: every way to read the text is followed at once, where a regular expression
 * would try one after the other, and never come to an end with some patterns.
 */
export function createGlobMatcher(pattern: string, from: 'start' | 'slash'): (text: string) => boolean {
  const tokens = tokensOf(pattern)
  const last = tokens.length
  let now = new Uint8Array(last + 1)
  let next = new Uint8Array(last + 1)

  /** Marks a place in the pattern, and those that come after it without a character. */
  function mark(places: Uint8Array, place: number): void {
    for (let each = place; places[each] === 0; each += 1) {
      places[each] = 1
      const kind = tokens[each]?.kind
      if (kind !== 'some' && kind !== 'all') return
    }
  }

  return (text) => {
    now.fill(0)
    mark(now, 0)
    for (const character of text) {
      const slash = character === '/'
      next.fill(0)
      for (let place = 0; place < last; place += 1) {
        if (now[place] === 0) continue
        const token = tokens[place]
        if (token?.kind === 'all' || (token?.kind === 'some' && !slash)) mark(next, place)
        else if (token?.kind === 'one' && !slash) mark(next, place + 1)
        else if (token?.kind === 'character' && token.character === character) mark(next, place + 1)
      }
      if (slash && from === 'slash') mark(next, 0)
      const spare = now
      now = next
      next = spare
    }
    return now[last] === 1
  }
}

function tokensOf(pattern: string): readonly Token[] {
  const parts = pattern.match(/\*+|[^*]/gsu) ?? []
  return parts.map((part) => {
    if (part === '?') return { kind: 'one' }
    if (part === '*') return { kind: 'some' }
    return part.startsWith('**') ? { kind: 'all' } : { kind: 'character', character: part }
  })
}
