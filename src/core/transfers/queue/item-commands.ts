import type { TransferState, WaitReason } from '../../../shared/models/transfer.ts'
import type { AfterAttempt } from './after-attempt.ts'
import type { BatchStart } from './batch-run.ts'
import { untilOf } from './batch-status.ts'
import type { Bins } from './bins.ts'
import type { Conflicts } from './conflicts.ts'
import { countAnew, type Item } from './item.ts'
import type { Numbers } from './numbers.ts'
import type { Walk } from './walk.ts'

/** What a person's commands do to a batch's items: to the one that `index` names, or to all. */
export type ItemCommands = {
  readonly pause: (index?: number) => void
  readonly goOn: (index?: number) => void
  readonly cancel: (index?: number) => void
  readonly retry: (index?: number) => void
  /** Ends waits that time or the network can end. */
  readonly tryNow: (index?: number) => void
  /** Ends all waits of a reason. */
  readonly endWaits: (reason: WaitReason) => void
  /** Ends the waits whose time has come; answers when the next one does, or null. */
  readonly endDueWaits: (now: number) => number | null
  /** Lets go on those that stopped because the whole batch did. */
  readonly goOnAfterHalt: () => void
  /** Removes the part files of items that have failed, and those that an earlier start left of items before their turn. */
  readonly dropIdleParts: () => void
  /** Removes all part files that nothing writes to. */
  readonly dropAllParts: () => void
}

/** Moves items; the batch's own state is left to the batch. */
export function createItemCommands(options: {
  readonly start: Pick<BatchStart, 'dropUnwalkedParts' | 'restored'>
  readonly bins: Bins
  readonly walk: Walk
  readonly numbers: Numbers
  readonly conflicts: Conflicts
  readonly afterAttempt: AfterAttempt
}): ItemCommands {
  const { start, bins, walk, numbers, conflicts, afterAttempt } = options

  function each(index: number | undefined, names: readonly TransferState['state'][], act: (item: Item) => void): void {
    if (index === undefined) for (const name of names) for (const item of [...bins.of(name)]) act(item)
    else {
      const item = bins.find(index) ?? walk.ahead().find((other) => other.index === index)
      if (item && names.includes(item.status.state)) act(item)
    }
  }

  /** What a person wants now gets every chance anew, and a single item the first turn. */
  function queuedAgain(item: Item, index: number | undefined): void {
    countAnew(item)
    if (index !== undefined) bins.first(item)
  }

  function goOnNow(item: Item): void {
    if (waitsFor(item, 'offline')) item.refusals = 0
    bins.move(item, { event: 'go-on' })
  }

  function dropParts(names: readonly TransferState['state'][]): void {
    each(undefined, names, (item) => afterAttempt.dropPart(item))
    for (const item of walk.ahead()) afterAttempt.dropPart(item)
    start.dropUnwalkedParts(walk.isWalked)
    numbers.onTakenUp(start.restored?.parts.keys() ?? [])
  }

  return {
    pause(index) {
      each(index, ['queued', 'running', 'verifying', 'waiting'], (item) => {
        if (waitsForAnswer(item)) return
        bins.move(item, { event: 'pause' })
        item.attempt?.stop(true)
      })
    },
    goOn(index) {
      each(index, ['paused', 'waiting'], (item) => {
        if (waitsForAnswer(item)) return
        bins.move(item, { event: 'go-on' })
        queuedAgain(item, index)
      })
    },
    cancel(index) {
      each(index, ['queued', 'running', 'verifying', 'waiting', 'paused'], (item) => {
        bins.move(item, { event: 'cancel' })
        conflicts.forget(item)
        if (item.attempt) item.attempt.stop(false)
        else afterAttempt.dropPart(item)
      })
    },
    retry(index) {
      each(index, ['failed', 'cancelled'], (item) => {
        if (item.status.state === 'failed') numbers.onRetried(item)
        bins.move(item, { event: 'retry' })
        queuedAgain(item, index)
      })
    },
    tryNow(index) {
      each(index, ['waiting'], (item) => {
        if (!waitsForAnswer(item)) goOnNow(item)
      })
    },
    endWaits(reason) {
      each(undefined, ['waiting'], (item) => {
        if (waitsFor(item, reason)) goOnNow(item)
      })
    },
    endDueWaits(now) {
      let next = Number.POSITIVE_INFINITY
      each(undefined, ['waiting'], (item) => {
        const until = untilOf(item.status)
        if (until <= now) bins.move(item, { event: 'go-on' })
        else next = Math.min(next, until)
      })
      return next === Number.POSITIVE_INFINITY ? null : next
    },
    goOnAfterHalt() {
      each(undefined, ['paused'], (item) => bins.move(item, { event: 'go-on' }))
    },
    dropIdleParts: () => dropParts(['failed']),
    dropAllParts: () => dropParts(['queued', 'waiting', 'paused', 'failed', 'cancelled']),
  }
}

function waitsForAnswer(item: Item): boolean {
  return waitsFor(item, 'conflict')
}

function waitsFor({ status }: Item, reason: WaitReason): boolean {
  return status.state === 'waiting' && status.reason === reason
}
