import { chmodSync, lstatSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import type { Staged } from '../../shared/models/staging.ts'
import { Failure, toFailure } from '../failure.ts'
import type { Logger } from '../log/logger.ts'
import type { SourceFile } from '../transfers/file-source.ts'
import { type MarkFromInternet, markFromInternet } from '../transfers/pump/internet-mark.ts'
import { fileItem, folderItem, type StageItem, type StageSource } from './stage-item.ts'
import { addressOf, createStageQueue, type StageJob } from './stage-queue.ts'
import { type Copy, createStagingCache } from './staging-cache.ts'

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
  const queue = createStageQueue(4)
  const found = new Map<string, Found>()
  const teller = createTeller(options.onChange)
  let latest: Wanted | null = null

  /** Makes one file or folder ready and answers its path. Nothing larger than `most` bytes is fetched. */
  async function makeReady({ listing, node, signal }: StageJob, most: number): Promise<string> {
    const tell = (status: Staged['status']) => teller.tell({ listing, node, status })
    const useFinished = (finished: string) => {
      found.set(addressOf(listing, node), { finished })
      tell({ state: 'ready' })
      return finished
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
      found.set(addressOf(listing, node), { key: item.key })
      const copy = cache.find(item.key) ?? (await fetchItem(item, most, tell, signal))
      tell({ state: 'ready' })
      return copy.path
    } catch (thrown) {
      // What was ready before is of an older version.
      found.delete(addressOf(listing, node))
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
  ): Promise<Copy> {
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
      return copy
    } catch (thrown) {
      await cache.release(place)
      throw thrown
    }
  }
  function take({ listing, nodes }: Wanted): readonly string[] | null {
    const paths: string[] = []
    const keys: string[] = []
    for (const node of nodes) {
      const known = found.get(addressOf(listing, node))
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
  async function stage(wanted: Wanted): Promise<readonly string[]> {
    const { listing, nodes } = wanted
    await Promise.all(
      nodes.map((node) =>
        queue.add({ listing, node, urgent: true, asked: true }, (job) => makeReady(job, Number.POSITIVE_INFINITY)),
      ),
    )
    const paths = take(wanted)
    if (paths) return paths
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
        const isStarted = nodes.some((node) => queue.isRunning(listing, node))
        const makeAll = () =>
          Promise.allSettled(
            nodes.map((node) => queue.add({ listing, node, urgent, asked: false }, (job) => makeReady(job, most))),
          )
        await makeAll()
        // What ran already may have begun before a filter or a refresh: it is looked at again, as it is now.
        if (isStarted && latest === wanted) await makeAll()
      } catch (thrown) {
        log.debug('Nothing was fetched ahead', { error: toFailure(thrown) })
      }
    },
    stage,
    async stageToOpen({ listing, node }) {
      const [place = ''] = await stage({ listing, nodes: [node] })
      const known = found.get(addressOf(listing, node))
      if (known && 'key' in known) await chmod(place, 0o400)
      return place
    },
    takeReady: take,
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
