import type { Transfer, TransferChoice, TransferState } from '../../../shared/models/transfer.ts'
import type { TransferEvent } from '../transfer-state.ts'
import { apply, type Item, isLarge, toTransfer } from './item.ts'

type Name = TransferState['state']

/**
 * A batch's items by their state. Of those that are done the newest thousand are remembered, and the first few hundred that
 * are not as they were asked for: left out, or under another name.
 */
export type Bins = {
  readonly of: (name: Name) => ReadonlySet<Item>
  /** The first queued item that can be started, or null; a large one only where it is asked for. */
  readonly next: (large: boolean) => Item | null
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
  /** A window of those that are known, and then of those `ahead`: the ones that run, wait, failed or were renamed first. */
  readonly listed: (
    ahead: readonly Item[],
    asked: { readonly from: number; readonly to: number; readonly only: TransferChoice | undefined },
  ) => { readonly total: number; readonly transfers: readonly Transfer[] }
}

const remembered = 1_000
const rememberedOdd = 200
/** Large files, while small ones have the places that are free: so many may stand before the first small one. */
const maximumPostponed = 4_096
/** Small files that are tried again. */
const maximumQueued = 64
/** As many as come to wait while their host is out of reach. */
const maximumWaiting = 512
const shownFirst: readonly Name[] = ['running', 'verifying', 'waiting', 'failed']
const shownThen: readonly Name[] = ['paused', 'queued', 'cancelled']

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
  /** Those of the queued that are not large: thousands of large ones may stand before them. */
  let small = new Set<Item>()
  /** Those of the done that are forgotten when there are too many. */
  const plain = new Set<Item>()

  function put(item: Item): void {
    const { state } = item.status
    bins[state].add(item)
    if (state === 'queued' && !isLarge(item)) small.add(item)
    if (state !== 'done') return
    if (isOdd(item) && bins.done.size - plain.size <= rememberedOdd) return
    plain.add(item)
    if (plain.size > remembered) forgetOldest()
  }

  function forgetOldest(): void {
    const [oldest] = plain
    if (!oldest) return
    plain.delete(oldest)
    bins.done.delete(oldest)
    byIndex.delete(oldest.index)
  }

  return {
    of: (name) => bins[name],
    next(large) {
      for (const item of large ? bins.queued : small) if (!item.attempt) return item
      return null
    },
    find: (index) => byIndex.get(index) ?? null,
    add(item) {
      byIndex.set(item.index, item)
      put(item)
    },
    move(item, event) {
      const before = item.status.state
      if (!apply(item, event)) return false
      bins[before].delete(item)
      small.delete(item)
      put(item)
      return true
    },
    first(item) {
      const before = (others: ReadonlySet<Item>) => new Set([item, ...others])
      bins.queued = before(bins.queued)
      if (!isLarge(item)) small = before(small)
    },
    haveRoom: () =>
      bins.queued.size - small.size < maximumPostponed &&
      small.size < maximumQueued &&
      bins.waiting.size < maximumWaiting,
    isAtRest: () =>
      bins.queued.size + bins.running.size + bins.verifying.size + bins.waiting.size + bins.paused.size === 0,
    offline: () => [...bins.waiting].filter(({ status }) => status.state === 'waiting' && status.reason === 'offline'),
    listed(ahead, { from, to, only = 'all' }) {
      const done = [...bins.done].reverse()
      const wasRenamed = done.filter(isRenamed)
      const all =
        only === 'failed'
          ? [...bins.failed]
          : only === 'renamed'
            ? wasRenamed
            : [
                ...shownFirst.flatMap((name) => [...bins[name]]),
                ...wasRenamed,
                ...shownThen.flatMap((name) => [...bins[name]]),
                ...done.filter((item) => !isRenamed(item)),
                ...ahead,
              ]
      return { total: all.length, transfers: all.slice(from, to).map(toTransfer) }
    },
  }
}

/** Whether a person should be told of it by its name. */
function isOdd({ status, renamed }: Item): boolean {
  return renamed || (status.state === 'done' && status.note === 'skipped')
}

/** Whether it came, under another name. */
function isRenamed({ status, renamed }: Item): boolean {
  return renamed && status.state === 'done' && status.note === null
}
