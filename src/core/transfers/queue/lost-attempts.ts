import type { AppError } from '../../../shared/errors.ts'
import { bootName } from '../journal/boot.ts'
import { takeUpParts } from '../journal/left-parts.ts'
import type { Held } from '../pump/messages.ts'
import type { BatchStart } from './batch-run.ts'
import type { Item } from './item.ts'

/** An attempt whose thread ended without a word of how it went. */
export type LostAttempt = {
  readonly item: Item
  readonly error: AppError
  /** What its part file was last told to hold. */
  readonly held: Held | null
}

/**
 * Looks at what lost attempts left on disk, as a later start of the app would after a kill: what can be gone on from is kept,
 * anything else that is ours removed.
 */
export function createLostAttempts(options: {
  readonly start: Pick<BatchStart, 'kind' | 'target' | 'startedAt' | 'remembered'>
  /** Hears of each, with what its part file holds now. */
  readonly onFound: (lost: LostAttempt) => void
}): { readonly add: (lost: LostAttempt) => void } {
  const { start, onFound } = options
  let gathered: LostAttempt[] = []

  async function look(): Promise<void> {
    const all = gathered
    gathered = []
    // A thread writes there which part files it made. Without a journal only those are known that it told bytes of.
    const remembered = await start.remembered().catch(() => null)
    const isMade = ({ item, held }: LostAttempt) => (held?.bytes ?? 0) > 0 || remembered?.made.has(item.index) === true
    const parts = partsOf(all, all.filter(isMade))
    for (const { item, ...lost } of all) {
      // It may have got its name.
      item.unheard = { since: start.startedAt, inode: remembered?.inodes.get(item.index) ?? null }
      onFound({ item, ...lost, held: parts.get(item.index) ?? null })
    }
  }

  function partsOf(lost: readonly LostAttempt[], made: readonly LostAttempt[]): ReadonlyMap<number, Held> {
    const known = lost.flatMap(({ item, held }) => (held ? [[item, held] as const] : []))
    const targets = new Map(lost.map(({ item }) => [item.index, item.target]))
    const left = {
      batch: start,
      boot: bootName(),
      begun: new Map(lost.map(({ item }) => [item.index, item.partCopy])),
      underWay: new Set(targets.keys()),
      made: new Set(made.map(({ item }) => item.index)),
      held: new Map(known.map(([{ index, file }, held]) => [index, { ...file, ...held, synced: 0 }])),
    }
    try {
      return takeUpParts(left, (index) => targets.get(index) ?? [])
    } catch {
      // The disk does not let us look: the next attempt finds out.
      return new Map(known.map(([{ index }, held]) => [index, held]))
    }
  }

  return {
    add(lost) {
      // All attempts of a thread are lost in one turn.
      if (gathered.length === 0) queueMicrotask(() => void look())
      gathered.push(lost)
    },
  }
}
