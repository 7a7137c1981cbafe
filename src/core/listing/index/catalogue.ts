import { directoryNames } from '../../../shared/models/execution.ts'
import { createInterner, type Interner, intern } from '../columns/interner.ts'
import { createNodeTable, folderKind, internNode, type NodeTable, none } from '../columns/node-table.ts'
import { pathWithinDirectory, visibleDirectory } from './entry-path.ts'

/** What all listings of one open execution share, so that a refresh speaks of the same nodes and texts by number. */
export type Catalogue = {
  readonly nodes: NodeTable
  readonly creators: Interner
  readonly mimeTypes: Interner
  /** Directory and start of path together, as the API gave them, with `\0` between. */
  readonly prefixes: Interner
  /** The folder that each prefix leads to; `none` until it is needed. */
  readonly prefixFolders: number[]
}

/** A catalogue that knows the agent's five directories, whose nodes are 0 to 4. */
export function createCatalogue(): Catalogue {
  const nodes = createNodeTable()
  for (const name of directoryNames) internNode(nodes, none, folderKind, name)
  return {
    nodes,
    creators: createInterner(),
    mimeTypes: createInterner(),
    prefixes: createInterner(),
    prefixFolders: [],
  }
}

export function directoryNode(catalogue: Catalogue, directory: string): number {
  return internNode(catalogue.nodes, none, folderKind, visibleDirectory(directory))
}

/** The number of a directory and a start of path; whole folders share one. */
export function internPrefix(catalogue: Catalogue, directory: string, start: string): number {
  // Joined, and not as a template, which would hold on to the text of the whole path that `start` was cut from.
  const number = intern(catalogue.prefixes, [directory, start].join('\0'))
  if (number === catalogue.prefixFolders.length) catalogue.prefixFolders.push(folderAt(catalogue, directory, start))
  return number
}

export function prefixAt(catalogue: Catalogue, number: number): { readonly directory: string; readonly start: string } {
  const text = catalogue.prefixes.texts[number] ?? '\0'
  const end = text.indexOf('\0')
  return { directory: text.slice(0, end), start: text.slice(end + 1) }
}

function folderAt(catalogue: Catalogue, directory: string, start: string): number {
  let folder = directoryNode(catalogue, directory)
  // A file stands in for the last segment; a start that names no folder then leaves the file alone.
  for (const name of pathWithinDirectory(directory, `${start}file`, '').slice(0, -1))
    folder = internNode(catalogue.nodes, folder, folderKind, name)
  return folder
}
