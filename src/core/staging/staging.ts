import { chmodSync, lstatSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import type { Staged } from '../../shared/models/staging.ts'
import { Failure, toFailure } from '../failure.ts'
import type { Logger } from '../log/logger.ts'
import type { SourceFile } from '../transfers/file-source.ts'
import { type MarkFromInternet, markFromInternet } from '../transfers/pump/internet-mark.ts'
import { fileItem, folderItem, type StageItem, type StageSource } from './stage-item.ts'
import { addressOf, createStageQueue, type StageJob, type StageRequest } from './stage-queue.ts'
import { createStagingCache } from './staging-cache.ts'

/** Files and folders of one open listing. */
export type Wanted = { readonly listing: number; readonly nodes: readonly number[] }

export type StagingOptions = {
  /** Used for nothing else, and only by this person. */
  readonly folder: string
  /** Bytes kept at most. */
  readonly limit: number
  /** What may be fetched ahead: bytes of one file or folder, and of all that is selected. */
  readonly limits: () => { readonly file: number; readonly selection: number }
  /** Answers an open listing and the client to read its files with. Throws a `Failure` when it is closed. */
  readonly listingOf: (listing: number) => Promise<StageSource>
  /** Where the same version of a file lies already, downloaded by the person; null when it does not. */
  readonly finishedCopy: (execution: Execution, file: SourceFile) => Promise<string | null>
  /** The same for a folder; `depth` tells how many leading names of its files are the folder's. */
  readonly finishedFolder: (execution: Execution, files: readonly SourceFile[], depth: number) => Promise<string | null>
  /** Hears of what changed, at most ten times a second. */
  readonly onChange: (changes: readonly Staged[]) => void
  readonly log: Logger
  readonly now?: () => number
  /** Marks copies as from the internet; the platform's own way when not given. */
  readonly mark?: MarkFromInternet
}

type Execution = StageSource['source']['execution']

/** Copies of files and folders on disk, ready to be dragged, pasted or opened. */
export type Staging = {
  /**
   * Fetches ahead within the limits, and drops what was fetched ahead for others; `urgent` goes ahead of all else.
   * Settles when nothing of it is under way; what failed is told by `onChange`.
   */
  readonly prefetch: (wanted: Wanted, urgent: boolean) => Promise<void>
  /** Fetches all, whatever the limits for fetching ahead, and answers the paths in the order asked. Throws a `Failure`. */
  readonly stage: (wanted: Wanted) => Promise<readonly string[]>
  /** Fetches one file to be opened: read-only, since what is written to a copy is lost. Throws a `Failure`. */
  readonly stageToOpen: (wanted: { readonly listing: number; readonly node: number }) => Promise<string>
  /** The paths to hand to a drag, kept for an hour from then on; null unless all are ready. Not asynchronous. */
  readonly takeReady: (wanted: Wanted) => readonly string[] | null
  /** Removes what earlier runs of the app left. */
  readonly sweep: () => Promise<void>
  /** Stops what is under way. Copies stay, since a drop may still read them. */
  readonly close: () => Promise<void>
}

/** What a file or folder was last found to be: a copy in the cache, or a file that was downloaded. */
type Found = { readonly key: string } | { readonly finished: string }

const changesEveryMilliseconds = 100

/** Makes the staging of all open listings. */
export function createStaging(options: StagingOptions): Staging {
  const { limits, listingOf, finishedCopy, finishedFolder, log, now = Date.now } = options
  const { mark = markFromInternet(process.platform) } = options
  const cache = createStagingCache({ folder: options.folder, limit: options.limit, now })
  const queue = createStageQueue<Found>(4)
  const found = new Map<string, Found>()
  /** As of when each file or folder was last wished for. What is still made of an older time says no more of it. */
  const newest = new Map<string, number>()
  const teller = createTeller(options.onChange)
  let latest: Wanted | null = null

  /** Makes one file or folder ready and answers what it is found to be. Nothing larger than `most` bytes is fetched. */
  async function makeReady({ listing, node, asOf, signal }: StageJob, most: number): Promise<Found> {
    const address = addressOf(listing, node)
    const isNewest = () => newest.get(address) === asOf
    const tell = (status: Staged['status']) => isNewest() && teller.tell({ listing, node, status })
    const setFound = (what: Found) => {
      if (isNewest()) found.set(address, what)
      return what
    }
    const useFinished = (finished: string) => {
      tell({ state: 'ready' })
      return setFound({ finished })
    }
    try {
      const from = await listingOf(listing)
      const file = await from.source.file(node)
      const { execution } = from.source
      const finished = file && (await finishedCopy(execution, file))
      if (finished) return useFinished(finished)
      const item = file ? fileItem(from, file) : await folderItem(from, node)
      const folder = file ? null : await finishedFolder(execution, item.files, item.depth)
      if (folder) return useFinished(folder)
      const made = setFound({ key: item.key })
      if (!cache.find(item.key)) await fetchItem(item, most, tell, signal)
      tell({ state: 'ready' })
      return made
    } catch (thrown) {
      // What was ready before is of an older version.
      if (isNewest()) found.delete(address)
      const failure = toFailure(thrown)
      tell(endOf(failure))
      throw failure
    }
  }
  async function fetchItem(
    item: StageItem,
    most: number,
    tell: (status: Staged['status']) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const isBounded = most < Number.POSITIVE_INFINITY
    if (item.size > most || (isBounded && item.unknownSizes > 0)) throw tooLarge()
    const size = item.unknownSizes > 0 ? null : item.size
    const place = await cache.place(item.key, item.size)
    try {
      let received = 0
      const onBytes = (count: number) => {
        received += count
        tell({ state: 'fetching', received, size })
      }
      onBytes(0)
      const copy = await item.write(place, { onBytes, mark, signal })
      await cache.add(item.key, place, copy)
    } catch (thrown) {
      await cache.release(place)
      throw thrown
    }
  }
  /** Answers where all of them lie, to be handed out; null where one is not there any more. */
  function places(all: readonly (Found | undefined)[]): readonly string[] | null {
    const paths: string[] = []
    const keys: string[] = []
    for (const known of all) {
      const place = known && ('finished' in known ? whereItIs(known.finished) : cache.find(known.key)?.path)
      if (!place) return null
      paths.push(place)
      if ('key' in known) keys.push(known.key)
      // A copy that was opened is read-only, which one that is dropped or pasted must not be.
      if ('key' in known && isFile(place)) chmodSync(place, 0o600)
    }
    cache.hold(keys)
    return paths
  }
  function add(request: StageRequest, most: number): Promise<Found> {
    newest.set(addressOf(request.listing, request.node), request.asOf)
    return queue.add(request, (job) => makeReady(job, most))
  }
  async function stage({ listing, nodes }: Wanted): Promise<{ all: readonly Found[]; paths: readonly string[] }> {
    const { source } = await listingOf(listing)
    const request = { listing, asOf: source.filesAsOf(), urgent: true, asked: true }
    const all = await Promise.all(nodes.map((node) => add({ ...request, node }, Number.POSITIVE_INFINITY)))
    const paths = places(all)
    if (paths) return { all, paths }
    const message = 'A copy was removed while others were being made. Try again.'
    throw new Failure({ kind: 'disk', code: 'ENOENT', message })
  }

  return {
    async prefetch(wanted, urgent) {
      const { listing, nodes } = wanted
      latest = wanted
      queue.keepOnly(listing, nodes)
      try {
        const { source } = await listingOf(listing)
        const { size } = await source.total({ what: 'nodes', nodes })
        if (latest !== wanted) return
        const { file, selection } = limits()
        const most = size > selection ? -1 : file
        const request = { listing, asOf: source.filesAsOf(), urgent, asked: false }
        const added = nodes.map((node) => add({ ...request, node }, most))
        // What began before a filter or a refresh is made of other files.
        queue.keepOnly(listing, nodes, request.asOf)
        await Promise.allSettled(added)
      } catch (thrown) {
        log.debug('Nothing was fetched ahead', { error: toFailure(thrown) })
      }
    },
    stage: async (wanted) => (await stage(wanted)).paths,
    async stageToOpen({ listing, node }) {
      const { all, paths } = await stage({ listing, nodes: [node] })
      const [[known], [place = '']] = [all, paths]
      if (known && 'key' in known) await chmod(place, 0o400)
      return place
    },
    takeReady: ({ listing, nodes }) => places(nodes.map((node) => found.get(addressOf(listing, node)))),
    sweep: () => cache.sweep(),
    async close() {
      teller.close()
      await queue.close()
    },
  }
}

/** How a job without a copy ends. Each tells something, or the last percent would stay on show. */
function endOf(failure: unknown): Staged['status'] {
  if (!(failure instanceof Failure) || failure.error.kind === 'cancelled') return { state: 'dropped' }
  return failure.error.kind === 'too-large' ? { state: 'too-large' } : { state: 'failed', error: failure.error }
}

/** A place that is still there; the person may have moved what was downloaded. */
function whereItIs(place: string): string | null {
  return lstatSync(place, { throwIfNoEntry: false }) ? place : null
}

function isFile(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isFile() === true
}

/** Gathers changes, so that they are told at most ten times a second. */
function createTeller(onChange: StagingOptions['onChange']) {
  const changes = new Map<string, Staged>()
  let timer: NodeJS.Timeout | undefined
  return {
    tell(change: Staged): void {
      changes.set(addressOf(change.listing, change.node), change)
      timer ??= setTimeout(() => {
        timer = undefined
        onChange([...changes.values()])
        changes.clear()
      }, changesEveryMilliseconds)
    },
    close: () => clearTimeout(timer),
  }
}

function tooLarge(): Failure {
  return new Failure({
    kind: 'too-large',
    message: 'This is too large to be fetched ahead. Download it, then drag it.',
  })
}
