import type { Row, Sort } from '../../shared/models.ts'
import type { Tree, TreeNode } from './tree.ts'

type VisibleRow = { readonly node: TreeNode; readonly parentRow: number; readonly position: number }

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The rows that are on show for a set of open folders and a sort; folders come before files. */
export function visibleRows(tree: Tree, open: ReadonlySet<TreeNode>, sort: Sort): readonly VisibleRow[] {
  const compare = comparator(sort)
  const rows: VisibleRow[] = []
  function show(siblings: readonly TreeNode[], parentRow: number): void {
    for (const [index, node] of siblings.entries()) {
      const row = rows.push({ node, parentRow, position: index + 1 }) - 1
      if (!node.file && open.has(node)) show([...node.children].sort(compare), row)
    }
  }
  show(tree.directories, -1)
  return rows
}

/** A row as the window draws it. */
export function toRow(row: VisibleRow, open: ReadonlySet<TreeNode>, tree: Tree): Row {
  const { node } = row
  const kind = node.file ? 'file' : node.parent ? 'folder' : 'directory'
  return {
    node: node.number,
    kind,
    name: node.name,
    level: level(node),
    position: row.position,
    setSize: (node.parent?.children ?? tree.directories).length,
    open: open.has(node),
    parentRow: row.parentRow,
    size: node.file ? node.file.fileSize : node.size,
    fileCount: node.fileCount,
    updatedAt: node.file?.updatedAt || null,
    createdBy: node.file?.createdBy || null,
    mimeType: node.file?.mimeType ?? null,
  }
}

function level(node: TreeNode): number {
  return node.parent ? level(node.parent) + 1 : 1
}

function comparator({ column, direction }: Sort): (a: TreeNode, b: TreeNode) => number {
  const sign = direction === 'ascending' ? 1 : -1
  const byName = (a: TreeNode, b: TreeNode) => collator.compare(a.name, b.name) || a.number - b.number
  const byColumn = (a: TreeNode, b: TreeNode): number => {
    if (column === 'name') return byName(a, b)
    if (column === 'size') return (a.file?.fileSize ?? a.size) - (b.file?.fileSize ?? b.size)
    return collator.compare(a.file?.[column] ?? '', b.file?.[column] ?? '')
  }
  return (a, b) => Number(a.file !== null) - Number(b.file !== null) || sign * byColumn(a, b) || byName(a, b)
}
