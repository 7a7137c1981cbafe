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
  /** Where bytes may only come so fast, nothing is gained by asking early. */
  readonly isLimited: () => boolean
}): FetchAhead {
  const { client, isReady, isLimited } = options
  const items: Item[] = []
  const contents = new Map<Item, Promise<Uint8Array | null>>()

  async function fetch(item: Item): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = []
    const progress = noProgress()
    try {
      await readContent({
        client: await client(),
        item,
        progress,
        signal: AbortSignal.timeout(longestMilliseconds),
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
