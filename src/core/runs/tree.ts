import { directoryNames } from '../../shared/models.ts'
import type { WireListing } from '../api/listing-parser.ts'
import type { WireFile } from '../api/wire.ts'
import { pathWithinDirectory } from '../listing/entry-path.ts'

/** A file or folder of one listing; its number is its place in `Tree.nodes`. */
export type TreeNode = {
  readonly number: number
  readonly parent: TreeNode | null
  readonly name: string
  /** The file, or null for a folder or directory. */
  readonly file: WireFile | null
  readonly children: TreeNode[]
  /** Known bytes of all below. */
  size: number
  fileCount: number
}

export type Tree = { readonly nodes: readonly TreeNode[]; readonly directories: readonly TreeNode[] }

/**
 * Builds the tree of a listing: the five directories first and always, unknown ones after them.
 *
 * A file and a folder of one name stand side by side, and so do files that repeat: nothing is lost from view.
 */
export function buildTree(listing: WireListing): Tree {
  const nodes: TreeNode[] = []
  const folders = new Map<string, TreeNode>()

  function add(parent: TreeNode | null, name: string, file: WireFile | null): TreeNode {
    const node: TreeNode = { number: nodes.length, parent, name, file, children: [], size: 0, fileCount: 0 }
    nodes.push(node)
    parent?.children.push(node)
    return node
  }
  function folder(parent: TreeNode | null, name: string): TreeNode {
    const place = `${parent?.number ?? ''}/${name}`
    const known = folders.get(place)
    if (known) return known
    const made = add(parent, name, null)
    folders.set(place, made)
    return made
  }

  for (const name of new Set([...directoryNames, ...listing.directories])) folder(null, name)
  for (const file of listing.files) {
    const segments = pathWithinDirectory(file.directory, file.filePath, file.fileName)
    let parent = folder(null, file.directory)
    for (const name of segments.slice(0, -1)) parent = folder(parent, name)
    const node = add(parent, segments.at(-1) ?? file.fileName, file)
    for (let each: TreeNode | null = node; each; each = each.parent) {
      each.size += file.fileSize ?? 0
      each.fileCount += 1
    }
  }
  return { nodes, directories: nodes.filter((node) => node.parent === null) }
}

/** `<directory>/<path within it>`, as the tree shows it. */
export function pathOf(node: TreeNode): string {
  return node.parent ? `${pathOf(node.parent)}/${node.name}` : node.name
}

/** All files at or below the nodes, each once, in the listing's order. */
export function filesBelow(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const found = new Set<TreeNode>()
  const open = [...nodes].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.file) found.add(node)
    for (const child of [...node.children].reverse()) open.push(child)
  }
  return [...found]
}
