import { createClient } from '../../../src/core/api/client.ts'
import { parseBase } from '../../../src/core/api/request-policy.ts'
import { type OpenListing, openListing } from '../../../src/core/listing/open-listing.ts'
import { listingWorkerUrl } from '../../../src/core/listing/thread/worker-url.ts'
import { silentLogger } from '../../../src/core/log/logger.ts'
import { columns } from '../../../src/shared/columns.ts'

/** What one run measures, in milliseconds and mebibytes. */
export type Figures = Readonly<Record<string, number>>

const execution = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' } as const
const noFilter = { text: '', flat: false, directories: [], types: [], creators: [] }

/** Opens the listing that is served at a port, and does with it what a person does. Needs `--expose-gc`. */
export async function measure(port: number): Promise<Figures> {
  const figures: Record<string, number> = {}
  const client = createClient({ base: parseBase(`http://127.0.0.1:${port}`), key: 'none' })
  const idle = await restingMemory()
  let lastByte = 0
  const watched = {
    ...client,
    async openListing(executionId: string, signal?: AbortSignal) {
      const { body } = await client.openListing(executionId, signal)
      return { body: noteEnd(body, () => (lastByte = performance.now())) }
    },
  }
  let loop = watchLoop()
  const started = performance.now()
  const listing = await openListing({
    execution,
    currentClient: async () => watched,
    cacheFolder: null,
    workerUrl: listingWorkerUrl(new URL('../../../src/main/index.ts', import.meta.url).href),
    log: silentLogger,
    onChange() {},
  })
  await listing.whenLoaded()
  figures['request to last byte'] = lastByte - started
  figures['last byte to complete'] = performance.now() - lastByte
  await listing.rows(0, 60)
  figures['last byte to first rows'] = performance.now() - lastByte
  // Collecting the measuring process's own rubbish is not the product's doing.
  const heldLoading = loop.stop()
  figures['memory over idle, loaded'] = (await restingMemory()) - idle
  loop = watchLoop()

  figures['expand all'] = await timed(async () => listing.setAllOpen(true))
  figures['window of 60 rows'] = await median(9, (step) => listing.rows(step * 1_000, step * 1_000 + 60))
  figures['select all'] = await timed(() => listing.select({ how: 'all' }))
  await listing.select({ how: 'none' })
  for (const column of columns) {
    const sort = async (direction: 'ascending' | 'descending') => {
      await listing.sort({ column, direction })
      await listing.rows(0, 60)
    }
    figures[`sort by ${column}, first`] = await timed(() => sort('descending'))
    await listing.sort({ column: 'name', direction: 'ascending' })
    figures[`sort by ${column}, again`] = await timed(() => sort('descending'))
  }
  figures['filter a key, broad, worst'] = await typing(listing, 'report')
  figures['filter a key, narrow, worst'] = await typing(listing, 'invoice-12345')
  figures['filter a key, path, worst'] = await typing(listing, 'path:batch-1/part')
  figures['filter a key, glob, worst'] = await typing(listing, '*.csv')
  figures['filter by size and type'] = await timed(() => filter(listing, 'size:>1mb type:image'))
  await filter(listing, '')
  const memory = watchMemory()
  figures['refresh, nothing new'] = await timed(() => listing.refresh())
  const refreshing = memory.stop()
  figures['main loop held, worst'] = Math.max(heldLoading, loop.stop())
  figures['memory over idle, refreshing, most'] = refreshing - idle
  figures['memory over idle, after all'] = (await restingMemory()) - idle
  await listing.close()
  await client.close()
  return figures
}

/**
 * Finds the longest that one round of the main thread's event loop worked. Counted in the thread's own CPU time, which
 * other programs on the machine do not lengthen.
 */
function watchLoop(): { readonly stop: () => number } {
  const used = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let worst = 0
  let last = used()
  const timer = setInterval(() => {
    const now = used()
    worst = Math.max(worst, now - last)
    last = now
  }, 1)
  return {
    stop() {
      clearInterval(timer)
      return worst
    },
  }
}

/** Finds the most resident memory, in mebibytes, that the process comes to have. */
function watchMemory(): { readonly stop: () => number } {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20)
  }, 50)
  return {
    stop() {
      clearInterval(timer)
      return most
    },
  }
}

async function* noteEnd(body: AsyncIterable<Uint8Array>, onEnd: () => void): AsyncGenerator<Uint8Array> {
  yield* body
  onEnd()
}

/** Types a filter key by key, and answers the slowest key, to its rows. */
async function typing(listing: OpenListing, text: string): Promise<number> {
  let worst = 0
  for (let length = 1; length <= text.length; length += 1)
    worst = Math.max(worst, await timed(() => filter(listing, text.slice(0, length))))
  await filter(listing, '')
  return worst
}

async function filter(listing: OpenListing, text: string): Promise<void> {
  await listing.filter({ ...noFilter, text })
  await listing.rows(0, 60)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function median(times: number, work: (step: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let step = 0; step < times; step += 1) taken.push(await timed(() => work(step)))
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

/** Resident memory of the whole process, worker and all, once it has come to rest. */
async function restingMemory(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return process.memoryUsage.rss() / 2 ** 20
}

const figures = await measure(Number(process.argv[2]))
process.send?.(figures)
process.disconnect?.()
