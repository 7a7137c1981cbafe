import type { Filter } from '../../../shared/models/listing.ts'
import type { WireFile } from '../../api/wire.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
import type { ListingIndex } from './listing-index.ts'

export const noFilter: Filter = { text: '', flat: false, directories: [], types: [], creators: [] }

export function take(index: ListingIndex, files: readonly WireFile[], loadedAt: number) {
  index.begin()
  index.addBytes(Buffer.from(JSON.stringify({ directories: { all: files } })))
  return index.complete(loadedAt)
}

export function rowsOf(index: ListingIndex) {
  return index.rows(0, 10_000).rows
}

export function idOf(index: ListingIndex, node: number): string | null {
  const details = index.details(node)
  return details.kind === 'file' ? details.file.id : null
}

export function fileNamed(filePath: string): WireFile {
  const [createdAt, updatedAt] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']
  const whose = { agentId: '', executionId: '', createdBy: 'agent', mimeType: null }
  const where = { directory: 'workspace', filePath, fileName: filePath, downloadUrl: `https://x.example/${filePath}` }
  return { id: `id of ${filePath}`, fileSize: 1, createdAt, updatedAt, ...whose, ...where }
}

export function stepsOf(index: ListingIndex, name: number) {
  const all: (string | SourceFile)[] = []
  for (let step = index.walkOn(name); step !== null; step = index.walkOn(name)) all.push(...step)
  return all
}
