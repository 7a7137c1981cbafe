import { type Layout, placed } from '../layout.ts'
import { createTargetPaths } from '../target-path.ts'
import { type Item, newItem, type WalkedFile } from './item.ts'

export type Walk = {
  /** The next item, or null while none is at hand. Asking keeps the walk going. */
  readonly next: () => Item | null
  /** Items at hand that were not asked for yet. */
  readonly ahead: () => readonly Item[]
  readonly isOver: () => boolean
  readonly close: () => void
}

const wantedAhead = 256

/** Walks a batch's files a few hundred ahead of the queue, however many there are. */
export function createWalk(options: {
  readonly files: AsyncIterable<readonly WalkedFile[]>
  readonly layout: Layout
  readonly onMore: () => void
  readonly onFailure: (thrown: unknown) => void
}): Walk {
  const { files, layout, onMore, onFailure } = options
  const iterator = files[Symbol.asyncIterator]()
  let ahead: Item[] = []
  let at = 0
  let reading = false
  let over = false
  const targetOf = createTargetPaths()

  async function read(): Promise<void> {
    reading = true
    try {
      while (!over && ahead.length - at < wantedAhead) {
        const { done, value } = await iterator.next()
        if (done) over = true
        else
          for (const walked of value) {
            const wanted = placed(layout, walked.file.segments)
            ahead.push(newItem(walked, wanted, walked.target ?? targetOf(wanted)))
          }
        onMore()
      }
    } catch (thrown) {
      over = true
      onFailure(thrown)
    } finally {
      reading = false
    }
  }

  return {
    next() {
      const item = ahead[at]
      if (item) at += 1
      if (at >= wantedAhead) {
        ahead = ahead.slice(at)
        at = 0
      }
      if (!over && !reading && ahead.length - at < wantedAhead / 2) void read()
      return item ?? null
    },
    ahead: () => ahead.slice(at),
    isOver: () => over && at >= ahead.length,
    close() {
      over = true
      void iterator.return?.()
    },
  }
}
