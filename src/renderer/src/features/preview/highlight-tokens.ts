/** A stretch of text in one colour; `scope` is the highlighter's class for it, or empty. */
export type Token = { readonly scope: string; readonly text: string }

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
}

/**
 * Turns the highlighter's answer, nested `<span class="…">` with escaped text, into lines of tokens.
 *
 * So no HTML that was made from a file ever gets into the window.
 */
export function tokenLines(html: string): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]]
  const scopes: string[] = []
  for (const [, open, close, text = ''] of html.matchAll(/<span class="([^"]*)">|(<\/span>)|([^<]+)/g)) {
    if (open !== undefined) scopes.push(open.split(' ')[0]?.replace(/^hljs-/, '') ?? '')
    else if (close) scopes.pop()
    else
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0) lines.push([])
        const plain = part.replace(/&(amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity)
        if (plain !== '') lines.at(-1)?.push({ scope: scopes.at(-1) ?? '', text: plain })
      }
  }
  return lines
}
