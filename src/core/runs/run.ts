import type { FileDetails, Listing, Row, Sort, Source } from '../../shared/models.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { WireListing } from '../api/listing-parser.ts'
import { Failure } from '../failure.ts'
import { buildTree, filesBelow, pathOf, type Tree, type TreeNode } from './tree.ts'
import { toRow, visibleRows } from './visible-rows.ts'

/** A file to download: where it lies in the run, and the link of the newest listing. Never leaves the core. */
export type DownloadFile = {
  readonly path: string
  readonly segments: readonly string[]
  readonly size: number | null
  readonly updatedAt: string
  readonly downloadUrl: string
}

/** One open execution: its newest listing, and how the window looks at it. */
export type Run = {
  readonly describe: () => Listing
  readonly rows: (generation: number, from: number, to: number) => { from: number; rows: Row[] }
  readonly setOpen: (generation: number, node: number, open: boolean) => Listing
  readonly sort: (sort: Sort) => Listing
  readonly details: (generation: number, node: number) => FileDetails
  /** Every file of the run, in the listing's order. */
  readonly files: () => readonly FileDetails[]
  /** The node at `<directory>/<path within it>`, or null. */
  readonly nodeAt: (path: string) => number | null
  /** Lists again; open folders stay open, by their path. */
  readonly refresh: (signal?: AbortSignal) => Promise<Listing>
  /** The files at or below the nodes, or all of the run's when none is named. */
  readonly filesBelow: (generation: number, nodes: readonly number[]) => readonly DownloadFile[]
}

let lastGeneration = 0

/** Lists an execution and keeps it at hand. Throws a `Failure`. */
export async function openRun(options: {
  readonly client: AsteroidClient
  readonly executionId: string
  readonly source: Source
  readonly signal?: AbortSignal
}): Promise<Run> {
  const { client, executionId, source } = options
  let sort: Sort = { column: 'name', direction: 'ascending' }
  let state = load(await client.listFiles(executionId, options.signal), null)
  let rows = visibleRows(state.tree, state.open, sort)

  function show(): Listing {
    rows = visibleRows(state.tree, state.open, sort)
    return describe()
  }
  function describe(): Listing {
    const { tree, wire, generation, loadedAt } = state
    return {
      executionId,
      source,
      generation,
      rowCount: rows.length,
      fileCount: wire.files.length,
      totalSize: tree.directories.reduce((sum, directory) => sum + directory.size, 0),
      leftOut: wire.leftOut,
      lastUpdated: wire.lastUpdated,
      loadedAt,
      sort,
    }
  }
  function nodeOf(generation: number, number: number): TreeNode {
    const node = generation === state.generation ? state.tree.nodes[number] : undefined
    if (!node) throw new Failure({ kind: 'invalid-input', message: 'The list has changed meanwhile. Try again.' })
    return node
  }

  return {
    describe,
    rows(generation, from, to) {
      if (generation !== state.generation) return { from, rows: [] }
      return { from, rows: rows.slice(from, to).map((row) => toRow(row, state.open, state.tree)) }
    },
    setOpen(generation, number, open) {
      const node = nodeOf(generation, number)
      if (open) state.open.add(node)
      else state.open.delete(node)
      return show()
    },
    sort(wanted) {
      sort = wanted
      return show()
    },
    details(generation, number) {
      const node = nodeOf(generation, number)
      if (!node.file) throw new Failure({ kind: 'invalid-input', message: `“${node.name}” is a folder.` })
      return toDetails(node, node.file)
    },
    files: () => filesBelow(state.tree.directories).flatMap((node) => (node.file ? [toDetails(node, node.file)] : [])),
    nodeAt(path) {
      const wanted = path.replace(/^\/+|\/+$/g, '')
      return state.tree.nodes.find((node) => pathOf(node) === wanted)?.number ?? null
    },
    async refresh(signal) {
      state = load(await client.listFiles(executionId, signal), state)
      return show()
    },
    filesBelow(generation, numbers) {
      const nodes = numbers.length > 0 ? numbers.map((number) => nodeOf(generation, number)) : state.tree.directories
      return filesBelow(nodes).flatMap((node) => (node.file ? [toDownload(node, node.file)] : []))
    },
  }
}

type State = {
  readonly wire: WireListing
  readonly tree: Tree
  readonly open: Set<TreeNode>
  readonly generation: number
  readonly loadedAt: number
}

function load(wire: WireListing, before: State | null): State {
  const tree = buildTree(wire)
  const opened = before ? new Set([...before.open].map(pathOf)) : null
  // A first look is at what the agent left: a directory with files is open.
  const isOpen = (node: TreeNode) => (opened ? opened.has(pathOf(node)) : node.parent === null && node.fileCount > 0)
  const open = new Set(tree.nodes.filter((node) => !node.file && isOpen(node)))
  lastGeneration += 1
  return { wire, tree, open, generation: lastGeneration, loadedAt: Date.now() }
}

function toDetails(node: TreeNode, file: NonNullable<TreeNode['file']>): FileDetails {
  const { downloadUrl: _, ...fields } = file
  return { ...fields, path: pathOf(node) }
}

function toDownload(node: TreeNode, file: NonNullable<TreeNode['file']>): DownloadFile {
  const segments: string[] = []
  for (let each: TreeNode | null = node; each; each = each.parent) segments.unshift(each.name)
  const { fileSize, updatedAt, downloadUrl } = file
  return { path: segments.join('/'), segments, size: fileSize, updatedAt, downloadUrl }
}
