import type { NodeTable } from '../columns/node-table.ts'
import { type FoldedNames, findInNames, findInPaths, foldedNameOf } from './folded-names.ts'
import { createGlobMatcher } from './glob-matcher.ts'

/**
 * Marks the nodes that a folded glob names: `*` and `?` stand for anything but `/`, `**` for that too.
 *
 * Without a slash it is about a whole name, with one about the end of a path.
 */
export function findGlob(folded: FoldedNames, nodes: NodeTable, pattern: string): Uint8Array {
  const slash = pattern.lastIndexOf('/')
  const named = findNameGlob(folded, pattern.slice(slash + 1))
  if (slash < 0) return named
  const fits = createGlobMatcher(pattern.replace(/^\/+/, ''), 'slash')
  for (let node = 0; node < named.length; node += 1)
    if (named[node] === 1 && !fits(foldedPathOf(folded, nodes, node))) named[node] = 0
  return named
}

function findNameGlob(folded: FoldedNames, pattern: string): Uint8Array {
  const literals = pattern.split(/[*?]+/)
  const longest = literals.reduce((best, each) => (each.length > best.length ? each : best), '')
  // What is literal but for its ends needs no expression: the ends of names are in the text that is searched.
  if (/^\**[^*?]+\**$/.test(pattern))
    return findInNames(folded, `${pattern.startsWith('*') ? '' : '\n'}${longest}${pattern.endsWith('*') ? '' : '\n'}`)
  if (/^\*+$/.test(pattern)) return new Uint8Array(folded.count).fill(1)
  const found = longest === '' ? new Uint8Array(folded.count).fill(1) : findInNames(folded, longest)
  const fits = createGlobMatcher(pattern, 'start')
  for (let node = 0; node < found.length; node += 1)
    if (found[node] === 1 && !fits(foldedNameOf(folded, node))) found[node] = 0
  return found
}

function foldedPathOf(folded: FoldedNames, nodes: NodeTable, node: number): string {
  const segments: string[] = []
  for (let each = node; each >= 0; each = nodes.parent[each] ?? -1) segments.unshift(foldedNameOf(folded, each))
  return segments.join('/')
}

/** Marks the nodes whose path comes to hold the folded text at them. */
export function findText(folded: FoldedNames, nodes: NodeTable, text: string): Uint8Array {
  // A line feed, which stands for the ends of a name, is in none.
  const sought = text.replaceAll('\n', '\0')
  return sought.includes('/') ? findInPaths(folded, nodes, sought) : findInNames(folded, sought)
}
