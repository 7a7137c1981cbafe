import { directoryNames, type ExecutionKey } from '../../../shared/models/execution.ts'
import type { Details, Filter, Listing, Row, Sort, Summary } from '../../../shared/models/listing.ts'

/** A file to put into a fake run; its path is `<directory>/<path within it>`. */
export type FakeFile = {
  readonly path: string
  readonly size?: number | null
  readonly updatedAt?: number
  readonly createdBy?: string
  readonly mimeType?: string
}

type Node = {
  readonly node: number
  readonly name: string
  readonly path: string
  readonly parent: Node | null
  readonly children: Node[]
  readonly file: FakeFile | null
}

type Visible = readonly { readonly node: Node; readonly row: Row }[]

export type FakeListing = ReturnType<typeof createFakeListing>

const naturally = new Intl.Collator(undefined, { numeric: true })
const noFilter: Filter = { text: '', flat: false, directories: [], types: [], creators: [] }

/** A run's files in memory: small and plain, so that what the window does with an answer can be tested. */
export function createFakeListing(number: number, execution: ExecutionKey, files: readonly FakeFile[]) {
  const nodes: Node[] = []
  const roots = directoryNames.map((name) => add(name, name, null, null))
  for (const file of files) place(file)

  const open = new Set<number>(roots.filter(({ children }) => children.length > 0).map(({ node }) => node))
  const selected = new Set<number>()
  let anchor = 0
  let sort: Sort = { column: 'name', direction: 'ascending' }
  let filter = noFilter
  let revision = 1
  let layoutRevision = 1
  let loadedAt = Date.parse('2026-03-05T12:00:00Z')
  let following = true
  let extra: Partial<Listing> = {}
  let drawn: { readonly revision: number; readonly rows: Visible } | null = null

  function add(name: string, path: string, parent: Node | null, file: FakeFile | null): Node {
    const node = { node: nodes.length, name, path, parent, children: [], file }
    nodes.push(node)
    parent?.children.push(node)
    return node
  }

  function place(file: FakeFile): void {
    const names = file.path.split('/')
    let parent = roots.find(({ name }) => name === names[0])
    for (const [depth, name] of names.entries()) {
      if (depth === 0 || !parent) continue
      const path = names.slice(0, depth + 1).join('/')
      const isFile = depth === names.length - 1
      parent = parent.children.find((child) => child.name === name) ?? add(name, path, parent, isFile ? file : null)
    }
  }

  function filesBelow(node: Node): readonly Node[] {
    return node.file ? [node] : node.children.flatMap(filesBelow)
  }
  const sizeOf = (node: Node) =>
    filesBelow(node)
      .filter(passes)
      .reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  const passes = ({ path, file }: Node) =>
    path.toLowerCase().includes(filter.text.trim().toLowerCase()) &&
    (filter.types.length === 0 || filter.types.includes(file?.mimeType ?? ''))
  const isFiltered = () => filter.text.trim() !== '' || filter.types.length > 0
  const isShown = (node: Node) => (node.parent === null && !isFiltered()) || filesBelow(node).some(passes)

  function visible(): Visible {
    if (drawn?.revision === revision) return drawn.rows
    const rows: { node: Node; row: Row }[] = []
    const walk = (siblings: readonly Node[], level: number, parentRow: number) => {
      const shown = ordered(siblings).filter(isShown)
      for (const [index, node] of shown.entries()) {
        rows.push({ node, row: toRow(node, level, index + 1, shown.length, parentRow) })
        if (open.has(node.node)) walk(node.children, level + 1, rows.length - 1)
      }
    }
    walk(roots, 1, -1)
    drawn = { revision, rows }
    return rows
  }

  function ordered(siblings: readonly Node[]): readonly Node[] {
    if (siblings[0]?.parent === null) return siblings
    const by = (a: Node, b: Node) =>
      sort.column === 'size' ? sizeOf(a) - sizeOf(b) : naturally.compare(a.name, b.name)
    const sign = sort.direction === 'ascending' ? 1 : -1
    return siblings.toSorted((a, b) => Number(a.file !== null) - Number(b.file !== null) || sign * by(a, b))
  }

  function toRow(node: Node, level: number, position: number, setSize: number, parentRow: number): Row {
    const text = filter.text.trim().toLowerCase()
    const at = text === '' ? -1 : node.name.toLowerCase().indexOf(text)
    return {
      node: node.node,
      kind: node.file ? 'file' : node.parent ? 'folder' : 'directory',
      name: node.name,
      path: node.path,
      level,
      position,
      setSize,
      open: open.has(node.node),
      parentRow,
      size: node.file ? (node.file.size ?? null) : sizeOf(node),
      fileCount: filesBelow(node).filter(passes).length,
      hiddenCount: filesBelow(node).filter((below) => !passes(below)).length,
      updatedAt: node.file?.updatedAt ?? null,
      createdBy: node.file?.createdBy ?? null,
      mimeType: node.file?.mimeType ?? null,
      selected: selected.has(node.node),
      matches: at < 0 ? [] : [[at, at + text.length]],
      change: null,
    }
  }

  function view(): Listing {
    const all = nodes.filter(({ file }) => file)
    const matching = all.filter(passes)
    const chosen = [...new Set([...selected].flatMap((node) => filesBelow(nodeAt(node))))]
    const total = (of: readonly Node[]) => of.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
    return {
      listing: number,
      ...execution,
      revision,
      layoutRevision,
      rowCount: visible().length,
      fileCount: all.length,
      totalSize: total(all),
      unknownSizes: all.filter(({ file }) => file?.size === null).length,
      leftOut: 0,
      lastUpdated: null,
      loadedAt,
      freshness: 'fresh',
      loading: null,
      problem: null,
      info: null,
      following,
      sort,
      filter,
      filterNotes: [],
      matchCount: matching.length,
      matchSize: total(matching),
      selection: {
        count: selected.size,
        only: selected.size === 1 ? ([...selected][0] ?? null) : null,
        fileCount: chosen.length,
        size: total(chosen),
      },
      left: { focus: null, top: null },
      changes: { added: 0, changed: 0, gone: 0 },
      facets: {
        directories: roots.map((root) => ({ name: root.name, count: filesBelow(root).length })),
        types: countBy(all.map(({ file }) => file?.mimeType ?? '')),
        creators: countBy(all.map(({ file }) => file?.createdBy ?? '')),
      },
      ...extra,
    }
  }

  function nodeAt(node: number): Node {
    const found = nodes[node]
    if (!found) throw new Error(`The fake listing has no node ${node}.`)
    return found
  }

  function changed(): Listing {
    revision += 1
    layoutRevision = revision
    return view()
  }

  function summary(of: readonly Node[], path: string | null): Summary {
    const files = [...new Set(of.flatMap(filesBelow))]
    const times = files.flatMap(({ file }) => file?.updatedAt ?? [])
    const children = path === null ? [] : (of[0]?.children ?? [])
    return {
      path,
      fileCount: files.length,
      hiddenCount: 0,
      folderCount: 0,
      size: files.reduce((sum, { file }) => sum + (file?.size ?? 0), 0),
      unknownSizes: 0,
      oldest: times.length ? Math.min(...times) : null,
      newest: times.length ? Math.max(...times) : null,
      byType: countBy(files.map(({ file }) => file?.mimeType ?? '')).map(({ name, count }) => ({
        type: name,
        count,
        size: files.reduce((sum, { file }) => sum + (file?.mimeType === name ? (file.size ?? 0) : 0), 0),
      })),
      largest: children
        .map((child) => ({ node: child.node, name: child.name, size: sizeOf(child), folder: child.file === null }))
        .toSorted((a, b) => b.size - a.size),
    }
  }

  return {
    view,
    rows: (from: number, to: number) => ({
      revision,
      from,
      rows: visible()
        .slice(from, to)
        .map(({ row }) => row),
    }),
    setOpen: (node: number, isOpen: boolean) => {
      if (isOpen) open.add(node)
      else open.delete(node)
      return changed()
    },
    setAllOpen: (isOpen: boolean) => {
      open.clear()
      if (isOpen) for (const node of nodes) if (!node.file) open.add(node.node)
      return changed()
    },
    sort: (next: Sort) => {
      sort = next
      return changed()
    },
    filter: (next: Filter) => {
      filter = next
      for (const node of selected) if (!filesBelow(nodeAt(node)).some(passes)) selected.delete(node)
      return changed()
    },
    select: (how: 'only' | 'toggle' | 'extend' | 'all' | 'none', node = 0) => {
      const shown = visible().map((row) => row.node.node)
      if (how !== 'toggle') selected.clear()
      if (how === 'toggle' && selected.has(node)) selected.delete(node)
      else if ((how === 'only' || how === 'toggle') && isShown(nodeAt(node))) selected.add(node)
      if (how === 'all') for (const each of shown) selected.add(each)
      if (how === 'extend') {
        const [from, to] = [shown.indexOf(anchor), shown.indexOf(node)].toSorted((a, b) => a - b)
        for (const each of shown.slice(from, (to ?? 0) + 1)) selected.add(each)
      }
      if (how === 'only' || how === 'toggle') anchor = node
      revision += 1
      return view()
    },
    locate: (node: number, reveal: boolean) => {
      const isHidden = !visible().some((row) => row.node.node === node)
      for (let above = nodeAt(node).parent; reveal && isHidden && above; above = above.parent) open.add(above.node)
      if (reveal && isHidden) changed()
      return { row: visible().findIndex((row) => row.node.node === node), listing: view() }
    },
    typeAhead: (from: number, text: string) => {
      const rows = visible()
      const order = rows.map((_, step) => (from + step) % rows.length)
      return order.find((index) => rows[index]?.row.name.toLowerCase().startsWith(text.toLowerCase())) ?? -1
    },
    details: (node: number): Details => {
      const found = nodeAt(node)
      const { file } = found
      if (!file) return { kind: 'folder', node, summary: summary([found], found.path) }
      const [directory = '', ...rest] = found.path.split('/')
      const updatedAt = new Date(file.updatedAt ?? loadedAt).toISOString()
      return {
        kind: 'file',
        node,
        file: {
          id: `file-${node}`,
          agentId: '7d3b8a52-94a1-4f0c-8f55-2b8f4d0c6a11',
          executionId: execution.executionId,
          directory,
          filePath: `/home/agent/${directory}/${rest.join('/')}`,
          fileName: found.name,
          fileSize: file.size ?? null,
          mimeType: file.mimeType ?? null,
          createdBy: file.createdBy ?? '',
          createdAt: updatedAt,
          updatedAt,
          path: found.path,
        },
      }
    },
    selectionSummary: () => summary([...selected].map(nodeAt), null),
    follow: (follow: boolean) => {
      following = follow
      return view()
    },
    /** A new listing arrives, with more files. */
    refresh: (more: readonly FakeFile[] = []) => {
      for (const file of more) place(file)
      loadedAt += 60_000
      return changed()
    },
    /** Shows the listing in another state, as main would tell it. */
    with: (change: Partial<Listing>) => {
      extra = { ...extra, ...change }
      return changed()
    },
    nodeOf: (path: string) => nodes.find((node) => node.path === path)?.node ?? -1,
  }
}

function countBy(names: readonly string[]): { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count)
}
