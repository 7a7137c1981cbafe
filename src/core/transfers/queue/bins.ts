import type { TransferState } from '../../../shared/models/transfer.ts'
import type { TransferEvent } from '../transfer-state.ts'
import { apply, type Item } from './item.ts'

type Name = TransferState['state']

/** A batch's items by their state; those that are done are only remembered for the newest thousand. */
export type Bins = {
  readonly of: (name: Name) => ReadonlySet<Item>
  readonly find: (index: number) => Item | null
  /** Adds an item that was just walked. */
  readonly add: (item: Item) => void
  /** Moves an item on, to the bin of its new state; answers whether the event made sense. */
  readonly move: (item: Item, event: TransferEvent) => boolean
  /** Puts a queued item before all others. */
  readonly first: (item: Item) => void
  /** Whether more items should be walked: of those that can't go on yet, all of a batch's would else lie in memory. */
  readonly haveRoom: () => boolean
  /** Whether anything is left to do with the items that were walked. */
  readonly isAtRest: () => boolean
  /** Those whose host is out of reach. */
  readonly offline: () => readonly Item[]
  /** Those that run, wait or failed first. */
  readonly inOrder: () => Iterable<Item>
}

const remembered = 1_000
/** Large files, while small ones have the places that are free. */
const maximumPostponed = 64
/** As many as come to wait while their host is out of reach. */
const maximumWaiting = 512
const shownFirst: readonly Name[] = ['running', 'verifying', 'waiting', 'failed', 'paused', 'queued', 'cancelled']

/** Makes empty bins. */
export function createBins(): Bins {
  const bins: Record<Name, Set<Item>> = {
    queued: new Set(),
    running: new Set(),
    paused: new Set(),
    waiting: new Set(),
    verifying: new Set(),
    done: new Set(),
    failed: new Set(),
    cancelled: new Set(),
  }
  const byIndex = new Map<number, Item>()

  return {
    of: (name) => bins[name],
    find: (index) => byIndex.get(index) ?? null,
    add(item) {
      byIndex.set(item.index, item)
      bins[item.status.state].add(item)
    },
    move(item, event) {
      const before = item.status.state
      if (!apply(item, event)) return false
      bins[before].delete(item)
      bins[item.status.state].add(item)
      if (bins.done.size > remembered) {
        const [oldest] = bins.done
        if (oldest) {
          bins.done.delete(oldest)
          byIndex.delete(oldest.index)
        }
      }
      return true
    },
    first(item) {
      const others = [...bins.queued].filter((each) => each !== item)
      bins.queued = new Set([item, ...others])
    },
    haveRoom: () => bins.queued.size < maximumPostponed && bins.waiting.size < maximumWaiting,
    isAtRest: () =>
      bins.queued.size + bins.running.size + bins.verifying.size + bins.waiting.size + bins.paused.size === 0,
    offline: () => [...bins.waiting].filter(({ status }) => status.state === 'waiting' && status.reason === 'offline'),
    *inOrder() {
      for (const name of shownFirst) yield* bins[name]
      yield* [...bins.done].reverse()
    },
  }
}
