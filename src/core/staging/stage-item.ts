import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { AsteroidClient } from '../api/client.ts'
import { Failure } from '../failure.ts'
import type { OpenListing } from '../listing/open-listing.ts'
import { createRemoteFile } from '../preview/remote-file.ts'
import type { SourceFile } from '../transfers/file-source.ts'
import { createTargetPaths, safeName } from '../transfers/target-path.ts'
import { type WrittenFile, writeCopy } from './staged-copy.ts'
import type { Copy } from './staging-cache.ts'

/** Where the files of an open listing, and their bytes, come from. */
export type StageSource = {
  readonly source: Pick<OpenListing, 'execution' | 'file' | 'files' | 'filesAsOf' | 'total' | 'details' | 'relist'>
  readonly client: Pick<AsteroidClient, 'openContent'>
}

/** How copies are written, and who hears of it. */
export type Writing = Omit<Parameters<typeof writeCopy>[0], 'remote' | 'target'>

/** One version of a file, or of a folder with all that is in it, that can be fetched. */
export type StageItem = {
  /** Differs for every version. */
  readonly key: string
  /** Known bytes. */
  readonly size: number
  readonly unknownSizes: number
  /** The files, whose first `depth` names are those of the folder; of one file, all of its names. */
  readonly files: readonly SourceFile[]
  readonly depth: number
  /** Fetches all of it into a folder made for it. Throws a `Failure`. */
  readonly write: (place: string, writing: Writing) => Promise<Copy>
}

/** A folder with more files than this is downloaded rather than dragged. */
const maximumFolderFiles = 2_000

/** One file. */
export function fileItem({ source, client }: StageSource, file: SourceFile): StageItem {
  return {
    key: keyOf(source, [file]),
    size: file.size ?? 0,
    unknownSizes: file.size === null ? 1 : 0,
    files: [file],
    depth: file.segments.length,
    async write(place, writing) {
      const target = path.join(place, safeName(file.segments.at(-1) ?? ''))
      const remote = createRemoteFile({ client, source, file })
      return { path: target, files: [await writeCopy({ remote, target, ...writing })] }
    },
  }
}

/** A folder with all that is in it now. Throws a `Failure`. */
export async function folderItem({ source, client }: StageSource, node: number): Promise<StageItem> {
  const details = await source.details(node)
  const folderPath = details.kind === 'folder' ? (details.summary.path ?? '') : ''
  const depth = folderPath.split('/').length
  const nodes = { what: 'nodes', nodes: [node] } as const
  const { fileCount, size, unknownSizes } = await source.total(nodes)
  if (fileCount > maximumFolderFiles)
    throw new Failure({
      kind: 'too-large',
      message: 'This folder has too many files to be dragged. Download it instead.',
    })
  const files: SourceFile[] = []
  for await (const some of source.files(nodes)) files.push(...some)

  return {
    key: keyOf(source, files),
    size,
    unknownSizes,
    files,
    depth,
    async write(place, writing) {
      const folder = path.join(place, safeName(folderPath.split('/').at(-1) ?? ''))
      await mkdir(folder, { mode: 0o700 })
      const targetPath = createTargetPaths()
      const jobs = files
        .map((file) => ({ file, target: path.join(folder, ...targetPath(file.segments.slice(depth))) }))
        .values()
      const written: WrittenFile[] = []
      const failed = new AbortController()
      const signal = AbortSignal.any([writing.signal, failed.signal])
      const worker = async () => {
        for (const { file, target } of jobs) {
          signal.throwIfAborted()
          const remote = createRemoteFile({ client, source, file })
          written.push(await writeCopy({ remote, target, ...writing, signal }))
        }
      }
      const workers = [worker(), worker(), worker(), worker()]
      try {
        await Promise.all(workers)
      } catch (thrown) {
        // The folder is removed next: nobody may still be making files in it.
        failed.abort()
        await Promise.allSettled(workers)
        throw thrown
      }
      return { path: folder, files: written }
    },
  }
}

function keyOf({ execution }: StageSource['source'], files: readonly SourceFile[]): string {
  const versions = files.map(({ path: file, size, updatedAt }) => [file, size, updatedAt])
  const text = JSON.stringify([execution.source, execution.executionId, versions])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
