import type { FileSource, SourceFile } from '../../../src/core/transfers/file-source.ts'

/** A run of `count` files, each of which is made when it is asked for: of them all the engine's own memory holds what it holds. */
export function madeSource(count: number, bytes: number, fileAt: (index: number) => SourceFile): FileSource {
  return {
    execution: { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' },
    total: async () => ({ fileCount: count, size: count * bytes, unknownSizes: 0 }),
    async *files() {
      for (let at = 0; at < count; at += 500)
        yield Array.from({ length: Math.min(500, count - at) }, (_, index) => fileAt(at + index))
    },
    newest: async (wanted) => wanted.map(() => null),
    relist: () => Promise.reject(new Error('Links of this bench do not expire.')),
  }
}

/** A file at a path, behind a link. */
export function madeFile(path: string, bytes: number, downloadUrl: string): SourceFile {
  const segments = path.split('/')
  return { id: path, path, segments, size: bytes, updatedAt: '2026-01-02T03:04:05Z', mimeType: null, downloadUrl }
}
