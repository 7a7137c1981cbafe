import { formatFiles } from '../core/format-count.ts'
import type { OpenListing } from '../core/listing/open-listing.ts'
import { type Layout, layoutFor } from '../core/transfers/layout.ts'
import { safeName } from '../core/transfers/target-path.ts'
import type { Nodes } from '../shared/models/listing.ts'

export type DownloadPlan = {
  /** A file's or folder's name, how many files there are, or the run's name. */
  readonly title: string
  readonly layout: Layout
}

type Source = Pick<OpenListing, 'execution' | 'view' | 'total' | 'paths' | 'details' | 'nodeAt'>

/** Names a download, and works out where its files go; `name` is what the run is called, where it has a name. */
export async function planDownload(listing: Source, files: Nodes, name: string | null): Promise<DownloadPlan> {
  const shortId = listing.execution.executionId.slice(0, 8)
  const runFolder = safeName(`${name ?? 'Run'} ${shortId}`)
  const runTitle = name ?? `Run ${shortId}`
  const { fileCount } = await listing.total(files)
  const isAll = files.what === 'all' || (files.what === 'selection' && fileCount === listing.view().fileCount)
  if (isAll) return { title: runTitle, layout: await layoutFor({ isRun: true, paths: [], isFolder: false, runFolder }) }

  const one = files.what === 'matches' ? null : await onlyPath(listing, files)
  const isFolder = one !== null && (await isFolderAt(listing, one))
  const paths = one === null ? allPaths(listing, files) : [one]
  const layout = await layoutFor({ isRun: files.what === 'matches', paths, isFolder, runFolder })
  return { title: one === null ? formatFiles(fileCount) : (one.split('/').at(-1) ?? runTitle), layout }
}

/** The path of what was asked for, when it is one file or folder. */
async function onlyPath(listing: Source, files: Nodes): Promise<string | null> {
  let only: string | null = null
  for await (const path of allPaths(listing, files)) {
    if (only !== null) return null
    only = path
  }
  return only
}

async function isFolderAt(listing: Source, path: string): Promise<boolean> {
  const node = await listing.nodeAt(path)
  return node !== null && (await listing.details(node)).kind === 'folder'
}

async function* allPaths(listing: Source, files: Nodes): AsyncGenerator<string> {
  for await (const some of listing.paths(files)) yield* some
}
