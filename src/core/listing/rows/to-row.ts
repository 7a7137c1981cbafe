import type { Row } from '../../../shared/models/listing.ts'
import { levelOf, nameOf, none, segmentsOf } from '../columns/node-table.ts'
import type { Matches } from '../filter/filter-files.ts'
import { highlight } from '../filter/highlight.ts'
import type { Query } from '../filter/query.ts'
import type { Catalogue } from '../index/catalogue.ts'
import { creatorAt, mimeTypeAt, sizeAt, updatedAt } from '../index/file-fields.ts'
import type { Snapshot } from '../index/snapshot.ts'
import type { PlacedRow } from './visible-rows.ts'

const changeNames = [null, 'new', 'changed', 'gone'] as const

/** A row as the window draws it. */
export function toRow(
  catalogue: Catalogue,
  snapshot: Snapshot,
  { node, parentRow, position, setSize }: PlacedRow,
  look: {
    readonly flat: boolean
    readonly open: boolean
    readonly selected: boolean
    readonly query: Query
    readonly matches: Matches | null
  },
): Row {
  const { nodes } = catalogue
  const { files } = snapshot
  const file = snapshot.fileOf[node] ?? none
  const name = nameOf(nodes, node)
  const isFile = file !== none
  const { present, bytes } = (look.matches ?? snapshot).totals
  const number = nodes.folderNumber[node] ?? none
  const fileCount = isFile ? 1 : (present[number] ?? 0)
  return {
    node,
    kind: isFile ? 'file' : nodes.parent[node] === none ? 'directory' : 'folder',
    name,
    path: segmentsOf(nodes, node).join('/'),
    level: look.flat ? 1 : levelOf(nodes, node),
    position,
    setSize,
    open: !isFile && look.open,
    parentRow,
    size: isFile ? sizeAt(files, file) : (bytes[number] ?? 0),
    fileCount,
    hiddenCount: isFile ? 0 : (snapshot.totals.present[number] ?? 0) - fileCount,
    updatedAt: isFile ? updatedAt(files, file) : null,
    createdBy: isFile ? creatorAt(catalogue, files, file) || null : null,
    mimeType: isFile ? mimeTypeAt(catalogue, files, file) : null,
    selected: look.selected,
    matches: highlight(look.query, name).map(([from, to]): [number, number] => [from, to]),
    change: changeNames[snapshot.change[node] ?? 0] ?? null,
  }
}
