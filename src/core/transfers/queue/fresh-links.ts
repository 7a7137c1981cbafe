import type { FileSource, SourceFile } from '../file-source.ts'
import type { Item } from './item.ts'

/** What listing again said about an item; `asked` for those that can't go on without. */
export type FreshLink = { readonly item: Item; readonly file: SourceFile | null; readonly asked: boolean }

export type FreshLinks = {
  /** Asks for a new link; answers come through `onLinks`. */
  readonly want: (item: Item) => void
  /** Many links are being asked for: those that are not refused yet have expired, too. */
  readonly areMany: () => boolean
  readonly close: () => void
}

/** Links that expire, expire together: what is asked for in this time shares one listing. */
const gatherMilliseconds = 100
const many = 4

/** Lists again, once for all items that wait. */
export function createFreshLinks(options: {
  readonly relist: FileSource['relist']
  /** Items that have not begun: they get their links with the others. */
  readonly others: () => readonly Item[]
  readonly onLinks: (links: readonly FreshLink[]) => void
  readonly onFailure: (items: readonly Item[], thrown: unknown) => void
}): FreshLinks {
  const { relist, others, onLinks, onFailure } = options
  let abort = new AbortController()
  let wanted: Item[] = []
  let asked: readonly Item[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds))
    const { signal } = abort
    asked = wanted
    wanted = []
    try {
      const items = [...asked, ...others()]
      const files = await relist(
        items.map(({ file }) => file),
        signal,
      )
      const isAsked = (index: number) => index < asked.length
      const links = items.map((item, index) => ({ item, file: files[index] ?? null, asked: isAsked(index) }))
      asked = []
      if (!signal.aborted) onLinks(links)
    } catch (thrown) {
      const failed = asked
      asked = []
      if (!signal.aborted) onFailure(failed, thrown)
    }
    running = false
    if (wanted.length > 0 && !abort.signal.aborted) await run()
  }

  return {
    want(item) {
      // A batch that was over goes on when the person tries again.
      if (abort.signal.aborted) abort = new AbortController()
      wanted.push(item)
      if (!running) void run()
    },
    areMany: () => asked.length + wanted.length >= many,
    close() {
      abort.abort()
      wanted = []
    },
  }
}
