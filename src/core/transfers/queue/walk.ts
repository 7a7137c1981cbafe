import { createBatchTargets, type KeptPlaces } from '../batch-targets.ts'
import { type Layout, placed } from '../layout.ts'
import { createIndexSet } from './index-set.ts'
import { type Item, newItem, type WalkedFile } from './item.ts'

/** The files of a batch. */
export type BatchFiles = {
  /** Opens the walk of them; anew after a failure, without those that were walked already. */
  readonly open: (isWalked: (index: number) => boolean) => AsyncIterable<readonly WalkedFile[]>
  /** Lets go of what was to be walked, where no walk was begun: to end one that has not, tells nobody. */
  readonly close: () => void
}

export type Walk = {
  /** The next item, or null while none is at hand. Asking keeps the walk going. */
  readonly next: () => Item | null
  /** Items at hand that were not asked for yet. */
  readonly ahead: () => readonly Item[]
  readonly isWalked: (index: number) => boolean
  /** Whether all that there is was walked and asked for; never of one that failed, or was closed before that. */
  readonly isOver: () => boolean
  /** Goes on after a failure, or after it let go, with the files that have not been walked; else nothing. */
  readonly retry: () => void
  /** Lets go of what was not walked, which a listing holds for it. */
  readonly letGo: () => void
  readonly close: () => void
}

const wantedAhead = 256

/** Walks a batch's files a few hundred ahead of the queue, however many there are. */
export function createWalk(options: {
  readonly files: BatchFiles
  readonly layout: Layout
  readonly kept: KeptPlaces | null
  readonly onMore: () => void
  readonly onFailure: (thrown: unknown) => void
}): Walk {
  const { files, layout, kept, onMore, onFailure } = options
  const walkedIndexes = createIndexSet()
  const open = () => files.open(walkedIndexes.has)[Symbol.asyncIterator]()
  let iterator = open()
  let ahead: Item[] = []
  let at = 0
  let reading = false
  let over = false
  let closed = false
  /** It failed, or was let go of. */
  let stopped = false
  const targetOf = createBatchTargets(kept)

  async function read(): Promise<void> {
    reading = true
    let walking = iterator
    try {
      while (!over && !closed && !stopped && ahead.length - at < wantedAhead) {
        walking = iterator
        const { done, value } = await walking.next()
        for (const walked of done ? [] : value) {
          walkedIndexes.add(walked.index)
          const wanted = placed(layout, walked.file.segments)
          ahead.push(newItem(walked, wanted, walked.target ?? targetOf(walked.file.path, wanted)))
        }
        // One that was let go of ends before its end.
        if (done && walking === iterator) over = !closed && !stopped
        onMore()
      }
    } catch (thrown) {
      reading = false
      if (closed || stopped) return
      // What was let go of may fail for that; another goes on in its place.
      if (walking !== iterator) return onMore()
      stopped = true
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
      if (!over && !closed && !stopped && !reading && ahead.length - at < wantedAhead / 2) void read()
      return item ?? null
    },
    ahead: () => ahead.slice(at),
    isWalked: walkedIndexes.has,
    retry() {
      if (!stopped) return
      stopped = false
      iterator = open()
    },
    letGo() {
      if (over || closed || stopped) return
      stopped = true
      void iterator.return?.()
      files.close()
    },
    isOver: () => over && at >= ahead.length,
    close() {
      closed = true
      void iterator.return?.()
      files.close()
    },
  }
}
