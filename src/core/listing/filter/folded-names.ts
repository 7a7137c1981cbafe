import { grown } from '../columns/grown-array.ts'
import { type NodeTable, nameOf, none } from '../columns/node-table.ts'
import { foldText } from './fold-text.ts'

/**
 * The folded names of all nodes in a few long strings, for searching them as fast as the engine searches text.
 *
 * In pieces, because one name beyond Latin-1 doubles the room of the whole string that it is in. A line feed, which no
 * name holds, stands before each name and after the last.
 */
export type FoldedNames = {
  readonly pieces: string[]
  /** Where each name starts in its piece. */
  starts: Uint32Array
  count: number
}

/** Nodes a piece. */
const pieceLength = 1 << 15

export function createFoldedNames(): FoldedNames {
  return { pieces: [], starts: new Uint32Array(64), count: 0 }
}

/** Takes in the nodes that have come since the last time; with `whole`, only once they fill a piece. */
export function updateFoldedNames(folded: FoldedNames, nodes: NodeTable, whole = false): void {
  folded.starts = grown(folded.starts, nodes.count)
  while (folded.count < nodes.count) {
    if (whole && nodes.count - (folded.count - (folded.count % pieceLength)) < pieceLength) return
    const first = folded.count - (folded.count % pieceLength)
    const end = Math.min(nodes.count, first + pieceLength)
    // Empty ones at both ends for the line feeds there: text that is put around it afterwards would make the engine copy
    // the whole piece when it is first searched.
    const names = ['']
    let at = 1
    for (let node = first; node < end; node += 1) {
      const name = foldText(nameOf(nodes, node))
      folded.starts[node] = at
      at += name.length + 1
      names.push(name)
    }
    names.push('')
    folded.pieces[first / pieceLength] = names.join('\n')
    folded.count = end
  }
}

export function foldedNameOf(folded: FoldedNames, node: number): string {
  const piece = folded.pieces[Math.floor(node / pieceLength)] ?? ''
  const start = folded.starts[node] ?? 0
  return piece.slice(start, piece.indexOf('\n', start))
}

/**
 * Marks the nodes whose own name holds the folded text, which must not be empty. A line feed at its start or end stands
 * for the start or end of the name; alone it is found in all.
 */
export function findInNames(folded: FoldedNames, text: string): Uint8Array {
  const found = new Uint8Array(folded.count)
  if (text === '\n') return found.fill(1)
  const lead = text.startsWith('\n') ? 1 : 0
  for (const [index, piece] of folded.pieces.entries()) {
    let node = index * pieceLength
    const end = Math.min(folded.count, node + pieceLength)
    for (let at = piece.indexOf(text); at >= 0; ) {
      while (node + 1 < end && (folded.starts[node + 1] ?? 0) <= at + lead) node += 1
      found[node] = 1
      node += 1
      if (node >= end) break
      at = piece.indexOf(text, (folded.starts[node] ?? 0) - lead)
    }
  }
  return found
}

/**
 * Marks the nodes with which a path comes to hold folded text with slashes in it: `a/b` is a name that ends with `a`,
 * and right below it one that starts with `b`.
 */
export function findInPaths(folded: FoldedNames, nodes: NodeTable, text: string): Uint8Array {
  const pieces = text.split('/')
  const last = pieces.length - 1
  let above = findInNames(folded, `${pieces[0] ?? ''}\n`)
  for (let depth = 1; depth <= last; depth += 1) {
    const here = findInNames(folded, `\n${pieces[depth] ?? ''}${depth === last ? '' : '\n'}`)
    for (let node = 0; node < folded.count; node += 1)
      if (here[node] === 1 && above[nodes.parent[node] ?? none] !== 1) here[node] = 0
    above = here
  }
  return above
}
