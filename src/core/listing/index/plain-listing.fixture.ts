import { directoryNames } from '../../../shared/models/execution.ts'
import type { Filter, Sort } from '../../../shared/models/listing.ts'
import type { WireFile } from '../../api/wire.ts'
import { foldText } from '../filter/fold-text.ts'
import { compareNames } from '../order/compare-names.ts'
import { pathWithinDirectory } from './entry-path.ts'
import { fileTypeOf } from './file-type.ts'

/** A listing as anyone would write it first: objects, recursion and the sort of the language. What the index must equal. */
export type PlainNode = {
  readonly name: string
  readonly path: string
  readonly file: WireFile | null
  /** A file's place in the answer, by which files of the same name stand; 0 for folders. */
  readonly place: number
  readonly children: PlainNode[]
}

export function plainTree(files: readonly WireFile[], directories: readonly string[]): readonly PlainNode[] {
  const roots: PlainNode[] = []
  const folder = (siblings: PlainNode[], name: string, above: string): PlainNode => {
    const known = siblings.find((node) => node.file === null && node.name === name)
    if (known) return known
    const made = { name, path: above === '' ? name : `${above}/${name}`, file: null, place: 0, children: [] }
    siblings.push(made)
    return made
  }
  for (const name of directoryNames) folder(roots, name, '')
  for (const [place, file] of files.entries()) {
    const segments = pathWithinDirectory(file.directory, file.filePath, file.fileName)
    let parent = folder(roots, file.directory, '')
    for (const name of segments.slice(0, -1)) parent = folder(parent.children, name, parent.path)
    const name = segments.at(-1) ?? ''
    parent.children.push({ name, path: `${parent.path}/${name}`, file, place, children: [] })
  }
  for (const name of directories) folder(roots, name, '')
  return roots
}

export function filesBelow(node: PlainNode): readonly WireFile[] {
  return node.file ? [node.file] : node.children.flatMap(filesBelow)
}

/** The known bytes of the files at or below a node that match, or of all. */
export function sizeOf(node: PlainNode, matches: ReadonlySet<WireFile> | null = null): number {
  const files = filesBelow(node).filter((file) => matches === null || matches.has(file))
  return files.reduce((sum, file) => sum + (file.fileSize ?? 0), 0)
}

/** The files that pass the chips and hold every word of the text, which must be words alone. */
export function plainMatches(roots: readonly PlainNode[], filter: Filter): ReadonlySet<WireFile> {
  const found = new Set<WireFile>()
  const visit = (node: PlainNode): void => {
    node.children.forEach(visit)
    if (node.file && passes(node, node.file, filter)) found.add(node.file)
  }
  roots.forEach(visit)
  return found
}

function passes(node: PlainNode, file: WireFile, { text, directories, types, creators }: Filter): boolean {
  const path = foldText(node.path)
  const holds = (word: string) => (word.startsWith('-') ? !path.includes(word.slice(1)) : path.includes(word))
  return (
    text
      .split(' ')
      .filter((word) => word !== '' && word !== '-')
      .every((word) => holds(foldText(word))) &&
    (directories.length === 0 || directories.includes(node.path.split('/')[0] ?? '')) &&
    (types.length === 0 || types.includes(fileTypeOf(file.mimeType ?? '', node.name))) &&
    (creators.length === 0 || creators.includes(file.createdBy))
  )
}

export type PlainRow = { readonly path: string; readonly id: string | null; readonly level: number }

/** The rows on show. `isOpen` is asked for folders by their path. */
export function plainRows(
  roots: readonly PlainNode[],
  sort: Sort,
  matches: ReadonlySet<WireFile> | null,
  flat: boolean,
  isOpen: (path: string) => boolean,
): readonly PlainRow[] {
  const isIn = (node: PlainNode) => !matches || filesBelow(node).some((file) => matches.has(file))
  const toRow = ({ path, file }: PlainNode, level: number) => ({ path, id: file?.id ?? null, level })
  if (matches && flat) {
    const all = (node: PlainNode): readonly PlainNode[] => (node.file ? [node] : node.children.flatMap(all))
    const found = roots.flatMap(all).filter(isIn)
    return found.sort((a, b) => compare(a, b, sort, matches)).map((node) => toRow(node, 1))
  }
  const show = (node: PlainNode, level: number): readonly PlainRow[] => {
    if (!isIn(node)) return []
    if (node.file || !isOpen(node.path)) return [toRow(node, level)]
    const below = [...node.children].sort((a, b) => compare(a, b, sort, matches))
    return [toRow(node, level), ...below.flatMap((child) => show(child, level + 1))]
  }
  return roots.flatMap((root) => show(root, 1))
}

function compare(
  a: PlainNode,
  b: PlainNode,
  { column, direction }: Sort,
  matches: ReadonlySet<WireFile> | null,
): number {
  const kinds = Number(a.file !== null) - Number(b.file !== null)
  if (kinds !== 0) return kinds
  const sign = direction === 'ascending' ? 1 : -1
  const byName = compareNames(a.name, b.name) || a.place - b.place
  if (column === 'name') return sign * compareNames(a.name, b.name) || a.place - b.place
  if (column === 'size') {
    const size = ({ file }: PlainNode, node: PlainNode) => (file ? (file.fileSize ?? -1) : sizeOf(node, matches))
    return sign * (size(a, a) - size(b, b)) || byName
  }
  if (!a.file || !b.file) return byName
  if (column === 'updatedAt') {
    const time = ({ updatedAt }: WireFile) => (Number.isNaN(Date.parse(updatedAt)) ? -1 : Date.parse(updatedAt))
    return sign * (time(a.file) - time(b.file)) || byName
  }
  return sign * compareNames(a.file[column] ?? '', b.file[column] ?? '') || byName
}
