import type { ExecutionKey } from '../../shared/models/execution.ts'
import type { Nodes } from '../../shared/models/listing.ts'

/** A file to fetch, with the link of the newest listing. Never leaves the core: the link is a secret. */
export type SourceFile = {
  readonly id: string
  /** `<directory>/<path within it>`. */
  readonly path: string
  /** The parts of `path`; a name may hold anything but `/`. */
  readonly segments: readonly string[]
  readonly size: number | null
  /** As the API gave it; empty when it gave none. */
  readonly updatedAt: string
  readonly mimeType: string | null
  readonly downloadUrl: string
}

/** Where transfers, previews and staging find files and fresh links. An open listing is one. */
export type FileSource = {
  readonly execution: ExecutionKey
  /** What the nodes add up to, without walking their files one by one. */
  readonly total: (
    files: Nodes,
  ) => Promise<{ readonly fileCount: number; readonly size: number; readonly unknownSizes: number }>
  /** Names the files that nodes stand for as things are now; without it they always stand for the same. */
  readonly choose?: (files: Nodes) => Nodes
  /** Forgets a choice; what was asked by it goes on. */
  readonly letGo?: (chosen: Nodes) => void
  /** The files at or below the nodes, each once, a few hundred at a time, as they were chosen and listed at this call. */
  readonly files: (files: Nodes) => AsyncIterable<readonly SourceFile[]>
  /** The same files as the newest listing has them, in the order asked; null for one that is gone. Lists nothing anew. */
  readonly newest: (wanted: readonly Pick<SourceFile, 'id' | 'path'>[]) => Promise<readonly (SourceFile | null)[]>
  /**
   * Lists again for fresh links, once for all that ask at the same time. Answers the files in the order asked, matched by
   * id and then by path; null for one that is gone. Throws a `Failure`.
   */
  readonly relist: (
    wanted: readonly Pick<SourceFile, 'id' | 'path'>[],
    signal?: AbortSignal,
  ) => Promise<readonly (SourceFile | null)[]>
}
