import { isDeepStrictEqual } from 'node:util'
import type { AppError } from '../../shared/errors.ts'
import { isExecutionId } from '../../shared/execution-reference.ts'
import type { ExecutionInfo, ExecutionKey } from '../../shared/models/execution.ts'
import type { Details, Filter, Listing, Nodes, Picked, Place, Row, Sort, Summary } from '../../shared/models/listing.ts'
import type { AsteroidClient } from '../api/client.ts'
import { Failure } from '../failure.ts'
import type { Logger } from '../log/logger.ts'
import { unexpected } from '../log/unexpected.ts'
import type { FileSource, SourceFile } from '../transfers/file-source.ts'
import { followRun } from './follow-run.ts'
import { handOut } from './hand-out.ts'
import type { IndexView } from './index/index-view.ts'
import { createKeeper } from './kept/keeper.ts'
import { keptListingPath } from './kept/kept-listings.ts'
import { loadListing } from './load-listing.ts'
import type { Selecting } from './rows/selection.ts'
import { startHost } from './thread/index-host.ts'
import { untilAborted } from './until-aborted.ts'

/** One open execution: its newest listing and the view of it. Every call answers the view as it is then. */
export type OpenListing = FileSource & {
  readonly view: () => Listing
  /** Settles when the listing under way has come or failed; throws its `Failure` while there is nothing to show. */
  readonly whenLoaded: () => Promise<Listing>
  readonly rows: (from: number, to: number) => Promise<{ readonly revision: number; readonly rows: readonly Row[] }>
  readonly setOpen: (node: number, open: boolean, allBelow: boolean) => Promise<Listing>
  readonly setAllOpen: (open: boolean) => Promise<Listing>
  readonly sort: (sort: Sort) => Promise<Listing>
  readonly filter: (filter: Filter) => Promise<Listing>
  readonly select: (selecting: Selecting) => Promise<Listing>
  readonly locate: (node: number, reveal: boolean) => Promise<{ readonly row: number; readonly listing: Listing }>
  readonly typeAhead: (from: number, text: string) => Promise<number>
  /** Notes where the person is, to be kept with the listing. */
  readonly notePlace: (place: Place) => Promise<void>
  readonly details: (node: number) => Promise<Details>
  readonly selectionSummary: () => Promise<Summary>
  /** The node at `<directory>/<path within it>`, or null. */
  readonly nodeAt: (path: string) => Promise<number | null>
  readonly file: (node: number) => Promise<SourceFile | null>
  /** The file at `<directory>/<path within it>`, also where the filter hides it; null where none is. */
  readonly fileAt: (path: string) => Promise<SourceFile | null>
  /** Tells apart the times between which a node may have come to stand for other files: by a filter, or a newer listing. */
  readonly filesAsOf: () => number
  /** Names the files that nodes stand for as things are now, whatever is picked or filtered for afterwards. */
  readonly choose: (files: Nodes) => Nodes
  /** Forgets a choice; what was asked by it goes on. */
  readonly letGo: (chosen: Nodes) => void
  /** The files and folders that a selection or a list comes to, none within another; null beyond `most`. */
  readonly outermost: (files: Picked, most: number) => Promise<readonly number[] | null>
  /** Of files, each once; of a selection or a list of nodes, of those nodes themselves. */
  readonly paths: (files: Nodes) => AsyncIterable<readonly string[]>
  /** Lists again and compares; a failure is told in the view's `problem` while the old files stay. */
  readonly refresh: () => Promise<Listing>
  readonly cancelLoading: () => void
  /** Refreshes by itself while the run goes on. */
  readonly follow: (follow: boolean) => Listing
  /** Removes what is kept of it on disk, also what is just being written, and keeps nothing any more. */
  readonly forgetKept: () => Promise<void>
  readonly close: () => Promise<void>
}

export type OpenListingOptions = {
  readonly execution: ExecutionKey
  /** The client with the key as it is when it is asked for. */
  readonly currentClient: () => Promise<AsteroidClient>
  /** Where listings are kept between starts, without links; null keeps none. */
  readonly cacheFolder: string | null
  /** The worker that the index lives in (`listingWorkerUrl`); null for the calling thread. */
  readonly workerUrl: URL | null
  readonly log: Logger
  /** Hears of every change that was not the answer to a call. */
  readonly onChange: (listing: Listing) => void
}

/** Milliseconds between two words on how far loading has come. */
const progressInterval = 100
/** Milliseconds after which the beginning of a first listing is shown, at each doubling up to so many files. */
const beginningAfter = 300
const longestBeginning = 200_000

let lastListing = 0

/** Opens an execution. Answers at once, with nothing to show yet unless it is kept on disk; the files follow. */
export async function openListing(options: OpenListingOptions): Promise<OpenListing> {
  const { execution, currentClient, log, onChange } = options
  lastListing += 1
  const number = lastListing
  const host = await startHost(options.workerUrl, log)
  const isKept = options.cacheFolder !== null && isExecutionId(execution.executionId)
  const keptAt = isKept ? keptListingPath(options.cacheFolder, execution) : null
  let index = (keptAt === null ? null : await host.call('restore', keptAt)) ?? (await host.call('view'))
  const keeper = createKeeper(host, keptAt, log)
  let freshness: Listing['freshness'] = index.loadedAt === 0 ? 'fresh' : 'cached'
  let loading: Listing['loading'] = null
  let problem: AppError | null = null
  let info: ExecutionInfo | null = null
  let follower: AbortController | null = null
  let underWay: Promise<void> | null = null
  let stop = new AbortController()
  let closed = false
  let hasLinks = false
  let toldAt = 0
  let startedAt = 0
  let shownSoFar = 0
  let filesAsOf = 0

  function view(): Listing {
    return {
      ...index,
      ...execution,
      listing: number,
      freshness,
      loading,
      problem,
      info,
      following: follower !== null,
    }
  }
  /** Takes a newer view; one that was overtaken on its way says nothing any more. */
  function take(next: IndexView): void {
    if (next.revision >= index.revision) index = next
  }
  async function changing(change: Promise<IndexView>): Promise<Listing> {
    take(await change)
    keeper.viewChanged()
    return view()
  }

  async function load(): Promise<void> {
    stop = new AbortController()
    loading = { bytes: 0, files: 0 }
    startedAt = Date.now()
    shownSoFar = 0
    try {
      const { executionId } = execution
      const client = await currentClient()
      take(await loadListing({ client, executionId, host, signal: stop.signal, onProgress }))
      problem = null
      freshness = 'fresh'
      hasLinks = true
      keeper.changed()
    } catch (thrown) {
      const failure = asFailure(thrown, log)
      problem = failure.error
      // What was shown of a first listing has been given up. A worker that has failed has nothing more to say.
      take(await host.call('view').catch(() => index))
      log.warn('A listing could not be loaded', { executionId: execution.executionId, kind: problem.kind })
      throw failure
    } finally {
      loading = null
      underWay = null
      filesAsOf += 1
      if (!closed) onChange(view())
    }
  }
  /** Links are not kept on disk: whoever needs them waits for the API. */
  async function withLinks(): Promise<void> {
    if (!hasLinks) await reload()
  }
  async function onProgress(progress: NonNullable<Listing['loading']>): Promise<void> {
    loading = progress
    const now = Date.now()
    const isDue = now - startedAt > beginningAfter && progress.files <= longestBeginning
    if (isDue && progress.files >= Math.max(1, shownSoFar * 2)) {
      shownSoFar = progress.files
      take((await host.call('showSoFar', now)) ?? index)
    } else if (now - toldAt < progressInterval) return
    toldAt = now
    onChange(view())
  }
  /** Lists again, once for all that ask at the same time. Throws a `Failure`. */
  function reload(): Promise<void> {
    if (closed) return Promise.reject(new Failure({ kind: 'cancelled', message: 'The listing was closed.' }))
    underWay ??= load()
    return underWay
  }
  async function refresh(): Promise<Listing> {
    await reload().then(tellInfo, ignoreFailure)
    return view()
  }

  async function askInfo(signal?: AbortSignal): Promise<ExecutionInfo | null> {
    const client = await currentClient()
    const told = await client.getExecution(execution.executionId, signal)
    if (told !== null && !isDeepStrictEqual(told, info)) {
      info = told
      if (!closed) onChange(view())
    }
    return told
  }
  /** A run's state may have changed since, or could not be had at first, as its files. */
  function tellInfo(): void {
    askInfo().catch(ignoreFailure)
  }
  async function refreshFollowed(): Promise<boolean> {
    await reload()
    const { added, changed, gone } = index.changes
    return added + changed + gone > 0
  }
  function follow(wanted: boolean): Listing {
    if (wanted === (follower !== null)) return view()
    follower?.abort()
    follower = wanted ? new AbortController() : null
    const mine = follower
    if (mine)
      followRun({ refresh: refreshFollowed, askInfo }, mine.signal)
        .catch((thrown) => asFailure(thrown, log))
        .finally(() => {
          if (follower !== mine) return
          follower = null
          if (!closed) onChange(view())
        })
    return view()
  }

  const handed = handOut({ host, isClosed: () => closed, withLinks })
  /** What is shown may be the beginning of a first listing: whoever needs all of it waits for the rest. */
  const allIsHere = () => freshness !== 'fresh' || hasLinks

  reload().then(tellInfo).catch(ignoreFailure)
  return {
    execution,
    view,
    async whenLoaded() {
      await underWay?.catch(ignoreFailure)
      if (index.loadedAt === 0 && problem) throw new Failure(problem)
      return view()
    },
    rows: (from, to) => host.call('rows', from, to),
    setOpen: (node, open, allBelow) => changing(host.call('setOpen', node, open, allBelow)),
    setAllOpen: (open) => changing(host.call('setAllOpen', open)),
    sort: (sort) => changing(host.call('sort', sort)),
    filter(filter) {
      // Whoever asks from now on is answered after it.
      filesAsOf += 1
      return changing(host.call('filter', filter))
    },
    filesAsOf: () => filesAsOf,
    select: (selecting) => changing(host.call('select', selecting)),
    async locate(node, reveal) {
      const { row, view: after } = await host.call('locate', node, reveal)
      take(after)
      return { row, listing: view() }
    },
    typeAhead: (from, text) => host.call('typeAhead', from, text),
    async notePlace(place) {
      if (await host.call('notePlace', place)) keeper.viewChanged()
    },
    details: (node) => host.call('details', node),
    selectionSummary: () => host.call('selectionSummary'),
    nodeAt: (path) => host.call('nodeAt', path),
    outermost: (files, most) => host.call('outermost', files, most),
    async file(node) {
      await withLinks()
      return host.call('file', node)
    },
    async fileAt(path) {
      await withLinks()
      return host.call('fileAt', path)
    },
    choose: handed.choose,
    letGo: handed.letGo,
    paths: (files) => handed.steps(files, allIsHere(), (those) => host.call('walkPaths', those)),
    total: (files) => handed.asChosen(files, allIsHere(), (those) => host.call('total', those)),
    files: (files) => handed.steps(files, hasLinks, (those) => host.call('walkFiles', those)),
    newest: (wanted) => host.call('match', wanted),
    async relist(wanted, signal) {
      await untilAborted(reload, signal)
      return host.call('match', wanted)
    },
    refresh,
    cancelLoading: () => stop.abort(),
    follow,
    forgetKept: keeper.forget,
    async close() {
      closed = true
      follower?.abort()
      stop.abort()
      await underWay?.catch(ignoreFailure)
      await keeper.finish()
      await host.close()
    },
  }
}

function asFailure(thrown: unknown, log: Logger): Failure {
  return thrown instanceof Failure ? thrown : new Failure(unexpected(log, 'A listing failed unexpectedly', thrown))
}

/** For failures that the view's `problem` already tells. */
function ignoreFailure(thrown: unknown): void {
  if (!(thrown instanceof Failure)) throw thrown
}
