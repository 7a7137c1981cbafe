import type { FileDetails } from '../../../shared/models/listing.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
import type { FileColumns } from '../columns/file-columns.ts'
import { idAt } from '../columns/file-id.ts'
import { nameOf, segmentsOf } from '../columns/node-table.ts'
import { type Catalogue, prefixAt } from './catalogue.ts'

/** Every field of a file that a person may see, put together again from its columns. */
export function detailsOf(catalogue: Catalogue, files: FileColumns, index: number): FileDetails {
  const { directory, start } = prefixAt(catalogue, files.prefix[index] ?? 0)
  const node = files.node[index] ?? 0
  const name = nameOf(catalogue.nodes, node)
  return {
    id: idAt(files, index),
    agentId: files.agentId.at(index),
    executionId: files.executionId.at(index),
    directory,
    filePath: files.oddPaths.get(index) ?? `${start}${name}`,
    fileName: files.oddNames.get(index) ?? name,
    fileSize: sizeAt(files, index),
    mimeType: mimeTypeAt(catalogue, files, index),
    createdBy: creatorAt(catalogue, files, index),
    createdAt: files.createdAt.at(index),
    updatedAt: files.updatedAt.at(index),
    path: segmentsOf(catalogue.nodes, node).join('/'),
  }
}

/** A file as transfers need it, with its link. */
export function sourceFileOf(catalogue: Catalogue, files: FileColumns, index: number): SourceFile {
  const segments = segmentsOf(catalogue.nodes, files.node[index] ?? 0)
  return {
    id: idAt(files, index),
    path: segments.join('/'),
    segments,
    size: sizeAt(files, index),
    updatedAt: files.updatedAt.at(index),
    mimeType: mimeTypeAt(catalogue, files, index),
    downloadUrl: files.downloadUrl.at(index),
  }
}

export function sizeAt(files: FileColumns, index: number): number | null {
  const size = files.size[index] ?? -1
  return size < 0 ? null : size
}

export function updatedAt(files: FileColumns, index: number): number | null {
  const time = files.updatedAt.timeAt(index)
  return Number.isNaN(time) ? null : time
}

export function mimeTypeAt(catalogue: Catalogue, files: FileColumns, index: number): string | null {
  return catalogue.mimeTypes.texts[files.mimeType[index] ?? 0] || null
}

export function creatorAt(catalogue: Catalogue, files: FileColumns, index: number): string {
  return catalogue.creators.texts[files.creator[index] ?? 0] ?? ''
}
