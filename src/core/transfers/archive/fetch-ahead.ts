import type { AsteroidClient } from '../../api/client.ts'
import type { Item } from '../queue/item.ts'
import { noProgress, readContent } from './archive-content.ts'

/** Small files are asked for while the one before is written: an archive of many would otherwise wait for each answer. */
export type FetchAhead = {
  /** The next item, in order; `walk` gives further ones. */
  readonly next: (walk: () => Item | null) => Item | null
  /** Items whose turn is still to come. */
  readonly waiting: () => readonly Item[]
  /** The whole content of an item that was fetched ahead; null when it was not, or that failed: then ask for it anew. */
  readonly take: (item: Item) => Promise<Uint8Array | null>
}

const smallBytes = 256 * 1024
const wantedAhead = 16
const longestMilliseconds = 30_000

/** Keeps at most sixteen small files in memory. */
export function createFetchAhead(options: {
  readonly client: () => Promise<Pick<AsteroidClient, 'openContent'>>
  readonly isReady: () => boolean
  /** What lets go of the connections that are open by then. */
  readonly signal: () => AbortSignal
  /** Where bytes may only come so fast, nothing is gained by asking early. */
  readonly isLimited: () => boolean
}): FetchAhead {
  const { client, isReady, signal, isLimited } = options
  const items: Item[] = []
  const contents = new Map<Item, Promise<Uint8Array | null>>()

  async function fetch(item: Item): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = []
    const progress = noProgress()
    const abort = new AbortController()
    const stop = () => abort.abort()
    const stopped = signal()
    stopped.addEventListener('abort', stop)
    // One of `AbortSignal.timeout` would keep what it is given to until its time comes: thousands of answers.
    const timer = setTimeout(stop, longestMilliseconds)
    try {
      await readContent({
        client: await client(),
        item,
        progress,
        signal: abort.signal,
        stallMilliseconds: longestMilliseconds,
        restart: async () => {},
        onBytes: async (bytes) => {
          parts.push(bytes)
        },
      })
      return Buffer.concat(parts)
    } catch {
      // Its turn comes, and with it the full care for what can go wrong.
      return null
    } finally {
      clearTimeout(timer)
      stopped.removeEventListener('abort', stop)
    }
  }

  return {
    next(walk) {
      while (items.length < wantedAhead && isReady()) {
        const item = walk()
        if (!item) break
        items.push(item)
        const isSmall = item.file.size !== null && item.file.size <= smallBytes
        if (isSmall && !item.isGone && !isLimited()) contents.set(item, fetch(item))
      }
      return items.shift() ?? null
    },
    waiting: () => items,
    async take(item) {
      const content = contents.get(item)
      contents.delete(item)
      return (await content) ?? null
    },
  }
}
