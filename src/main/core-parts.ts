import path from 'node:path'
import { setImmediate as nextRound } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import type { Previews } from '../core/preview/previews.ts'
import type { Staging } from '../core/staging/staging.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { Listing } from '../shared/models/listing.ts'
import type { Batch } from '../shared/models/transfer.ts'
import type { Connections } from './connections.ts'
import { findFinishedCopy, findFinishedFolder } from './finished-copy.ts'
import type { Emit } from './ipc.ts'
import { createListings, type Listings } from './listings.ts'
import type { FileLog } from './log.ts'
import { type Once, once } from './once.ts'
import type { SettingsStore } from './settings.ts'

/** The core as the app uses it. Each part is loaded when it is first wanted, so that none delays the window. */
export type CoreParts = {
  readonly listings: Listings
  readonly previews: Once<Previews>
  readonly staging: Once<Staging>
  /** The queue, with what an earlier run of the app left in it. */
  readonly transfers: Once<Transfers>
  /** Loads the code that every run needs, so that the first to be opened does not wait for it. */
  readonly prepare: () => Promise<void>
  /** Forgets the listings that are kept on this computer, of all executions or of one. */
  readonly clearCache: (execution?: ExecutionKey) => Promise<void>
  readonly close: () => Promise<void>
}

/** Bytes of copies kept for drags, pasting and opening. */
const stagingLimit = 2 * 1024 * 1024 * 1024

export function assembleCore(options: {
  readonly profile: string
  readonly connections: Connections
  readonly settings: SettingsStore
  /** The program of the thread that each listing's index lives in. */
  readonly listingWorker: URL
  readonly emit: Emit
  readonly onListing: (listing: Listing) => void
  readonly onBatches: (batches: readonly Batch[]) => void
  readonly log: FileLog
}): CoreParts {
  const { profile, connections, settings, emit, log, listingWorker: workerUrl } = options
  const { clientFor } = connections
  const cacheFolder = path.join(profile, 'listings')

  const listingOptions = (execution: ExecutionKey) => ({
    execution,
    currentClient: () => clientFor(execution.source),
    workerUrl,
    log,
  })
  const listingCode = () => import('../core/listing/open-listing.ts')
  const listings = createListings(async (execution) => {
    const { openListing } = await listingCode()
    return openListing({ ...listingOptions(execution), cacheFolder, onChange: options.onListing })
  })
  const listingOf = async (number: number) => {
    const source = listings.get(number)
    return { source, client: await clientFor(source.execution.source) }
  }
  const previews = once(async () => {
    const { createPreviews } = await import('../core/preview/previews.ts')
    return createPreviews({ listingOf })
  })
  const staging = once(async () => {
    const { createStaging } = await import('../core/staging/staging.ts')
    const staging = createStaging({
      folder: path.join(profile, 'staging'),
      limit: stagingLimit,
      limits: () => {
        const { stageFileLimit, stageSelectionLimit } = settings.get()
        return { file: stageFileLimit, selection: stageSelectionLimit }
      },
      listingOf,
      finishedCopy: async (execution, file) => findFinishedCopy(await transfers(), execution, file),
      finishedFolder: async (execution, files, depth) => findFinishedFolder(await transfers(), execution, files, depth),
      onChange: (changes) => emit('staging:changed', [...changes]),
      log,
    })
    await staging.sweep().catch((error: unknown) => log.warn('Old copies could not be cleared', { error }))
    return staging
  })
  const transfers = once(async () => {
    const { createTransfers } = await import('../core/transfers/queue/queue.ts')
    const transfers = createTransfers({
      pumpEntry: pathToFileURL(path.join(app.getAppPath(), 'out', 'main', 'transfer-pump.js')),
      journalFolder: path.join(profile, 'transfers'),
      clientFor,
      sourceFor: async (execution) => {
        const { openListing } = await listingCode()
        const listing = await openListing({ ...listingOptions(execution), cacheFolder: null, onChange() {} })
        try {
          await listing.whenLoaded()
          return listing
        } catch (thrown) {
          await listing.close()
          throw thrown
        }
      },
      onChange: options.onBatches,
      log,
    })
    const { bandwidthLimit, resumeOnStart } = settings.get()
    transfers.setBandwidthLimit(bandwidthLimit)
    await transfers.restore(resumeOnStart ? 'running' : 'paused')
    return transfers
  })

  return {
    listings,
    previews,
    staging,
    transfers,
    async prepare() {
      await connections.prepare()
      await nextRound()
      await listingCode()
    },
    async clearCache(execution) {
      const { clearKeptListings, forgetKept, keptListingPath } = await import('../core/listing/kept/kept-listings.ts')
      await listings.forgetKept(execution)
      if (!execution) await clearKeptListings(cacheFolder)
      else await forgetKept(keptListingPath(cacheFolder, execution))
    },
    async close() {
      if (staging.started()) await (await staging()).close()
      if (transfers.started()) await (await transfers()).close()
      await listings.closeAll()
      await connections.close()
    },
  }
}
