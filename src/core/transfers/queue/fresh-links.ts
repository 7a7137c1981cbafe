import type { FileSource, SourceFile } from '../file-source.ts'
import type { Item } from './item.ts'

/** What listing again said about an item. */
export type FreshLink = { readonly item: Item; readonly file: SourceFile | null }

export type FreshLinks = {
  /** Asks for a new link; answers come through `onLinks`. */
  readonly want: (item: Item) => void
  readonly close: () => void
}

/** Links that expire, expire together: what is asked for in this time shares one listing. */
const gatherMilliseconds = 100

/** Lists again, once for all items that wait. */
export function createFreshLinks(options: {
  readonly relist: FileSource['relist']
  readonly onLinks: (links: readonly FreshLink[]) => void
  readonly onFailure: (items: readonly Item[], thrown: unknown) => void
}): FreshLinks {
  const { relist, onLinks, onFailure } = options
  const abort = new AbortController()
  let wanted: Item[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds))
    const items = wanted
    wanted = []
    try {
      const files = await relist(
        items.map(({ file }) => file),
        abort.signal,
      )
      if (!abort.signal.aborted) onLinks(items.map((item, index) => ({ item, file: files[index] ?? null })))
    } catch (thrown) {
      if (!abort.signal.aborted) onFailure(items, thrown)
    }
    running = false
    if (wanted.length > 0 && !abort.signal.aborted) await run()
  }

  return {
    want(item) {
      wanted.push(item)
      if (!running) void run()
    },
    close: () => abort.abort(),
  }
}
