import type { SourceFile } from '../../transfers/file-source.ts'
import { findIds } from '../columns/file-id.ts'
import { fileKind, findNode, folderKind, none } from '../columns/node-table.ts'
import type { Catalogue } from './catalogue.ts'
import { sourceFileOf } from './file-fields.ts'
import { isShown, presentFile, type Snapshot } from './snapshot.ts'

/** The node at `<directory>/<path within it>`, a folder before a file of the same name; null where nothing is. */
export function nodeAtPath(catalogue: Catalogue, snapshot: Snapshot, path: string): number | null {
  const segments = path.split('/').filter((segment) => segment !== '')
  const name = segments.pop()
  if (name === undefined) return null
  const parent = folderAt(catalogue, segments)
  if (parent === none && segments.length > 0) return null
  const candidates = [folderKind, fileKind].map((kind) => findNode(catalogue.nodes, parent, kind, name))
  return candidates.find((node) => node !== none && isShown(snapshot, catalogue, node)) ?? null
}

/** The file at `<directory>/<path within it>`, also where a filter hides it; null where none is. */
export function fileAtPath(catalogue: Catalogue, snapshot: Snapshot, path: string): SourceFile | null {
  const index = fileAt(catalogue, snapshot, path)
  return index === none ? null : sourceFileOf(catalogue, snapshot.files, index)
}

/** Finds files in a listing again, in the order asked: by id, then by path; null for one that is not there. */
export function matchFiles(
  catalogue: Catalogue,
  snapshot: Snapshot,
  wanted: readonly Pick<SourceFile, 'id' | 'path'>[],
): readonly (SourceFile | null)[] {
  const { files, presentCount } = snapshot
  const ids = wanted.map(({ id }) => id)
  const byId = findIds(files, presentCount, ids)
  return wanted.map(({ id, path }) => {
    const index = byId.get(id) ?? fileAt(catalogue, snapshot, path)
    return index === none ? null : sourceFileOf(catalogue, files, index)
  })
}

function fileAt(catalogue: Catalogue, snapshot: Snapshot, path: string): number {
  const segments = path.split('/')
  const name = segments.pop() ?? ''
  const node = findNode(catalogue.nodes, folderAt(catalogue, segments), fileKind, name)
  return node === none ? none : presentFile(snapshot, node)
}

function folderAt({ nodes }: Catalogue, segments: readonly string[]): number {
  let folder = none
  for (const name of segments) {
    folder = findNode(nodes, folder, folderKind, name)
    if (folder === none) return none
  }
  return folder
}
