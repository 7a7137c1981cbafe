import path from 'node:path'
import { isOver } from '../../../shared/ended.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Batch, ConflictPolicy, TransferState } from '../../../shared/models/transfer.ts'
import type { Logger } from '../../log/logger.ts'
import type { Brought } from '../in-step/brought.ts'
import type { BatchJournal } from '../journal/batch-journal.ts'
import type { Layout } from '../layout.ts'
import type { FetchEnd, Held, NameRule } from '../pump/messages.ts'
import { safeName } from '../target-path.ts'
import type { TransferLimits } from '../transfers.ts'
import { createAfterAttempt } from './after-attempt.ts'
import { withNewestLinks } from './batch-files.ts'
import { openStatus, untilOf } from './batch-status.ts'
import { createBins } from './bins.ts'
import type { Concurrency } from './concurrency.ts'
import { createConflicts } from './conflicts.ts'
import type { HostBackOff, Rest } from './host-back-off.ts'
import { type Item, toTransfer } from './item.ts'
import { createNumbers, type Total } from './numbers.ts'
import type { Origin } from './origin.ts'
import { largeBytes } from './places.ts'
import { createRoom } from './room.ts'
import { createWalk, type OpenFiles } from './walk.ts'

export type BatchStart = Pick<Batch, 'id' | 'kind' | 'title' | 'executionId' | 'source' | 'target' | 'startedAt'> & {
  readonly layout: Layout
  readonly total: Total
  readonly conflicts: 'ask' | ConflictPolicy
  readonly files: OpenFiles
  /** Removes the part files that an earlier start of the app left for files that were not walked. */
  readonly dropUnwalkedParts: (isWalked: (index: number) => boolean) => void
  /** Where fresh links come from. */
  readonly origin: Origin
  /** Of a folder that is kept in step. */
  readonly brought: Brought | null
  /** What an earlier start of the app had done, for a batch that goes on. */
  readonly restored: { readonly files: number; readonly skipped: number; readonly bytes: number } | null
  readonly paused: boolean
}

export type BatchTools = {
  readonly limits: Pick<TransferLimits, 'firstRetryMilliseconds'>
  readonly backOff: HostBackOff
  readonly concurrency: Concurrency
  readonly journal: BatchJournal
  readonly log: Logger
  /** The batch looks different now. */
  readonly onChange: () => void
  /** There may be something to take. */
  readonly onReady: () => void
}

/** One batch: its items, and what has become of each. It starts nothing by itself: the queue takes items and reports. */
export type BatchRun = {
  readonly id: string
  readonly record: () => Batch
  readonly files: Transfers
  /** The next item to start, or null; large ones only where there is a place for them. */
  readonly take: (large: boolean) => Item | null
  /** Starts an item's attempt, once the journal knows of it. */
  readonly start: (item: Item, begin: () => NonNullable<Item['attempt']>) => void
  /** Its host wants to be left alone for now. */
  readonly onResting: (item: Item, rest: Rest) => void
  readonly onHeld: (item: Item, held: Held, synced: boolean) => void
  readonly onReceived: (item: Item) => void
  readonly onEnd: (item: Item, end: FetchEnd) => void
  readonly nameRule: (item: Item) => NameRule
  /** Lets go on what has waited long enough; answers when the next wait ends, or null. */
  readonly wake: (now: number) => number | null
  /** Ends all waits that time or the network can end. */
  readonly wakeNow: () => void
  readonly pause: (index?: number) => void
  readonly resume: (index?: number) => void
  readonly cancel: (index?: number) => void
  readonly retry: (index?: number) => void
  readonly answerConflict: (policy: ConflictPolicy, forAll: boolean) => void
  readonly placeOf: (index?: number) => string | null
  readonly whenOver: () => Promise<Batch>
  /** Ends it, and what the journal has of it. */
  readonly forget: () => Promise<void>
  /** Stops what runs, keeping part files; settles when nothing writes any more. */
  readonly close: () => Promise<void>
}

type Transfers = (from: number, to: number) => { total: number; transfers: ReturnType<typeof toTransfer>[] }

const maximumPostponed = 64

/** Makes a batch that waits to be taken from. */
export function createBatchRun(start: BatchStart, tools: BatchTools): BatchRun {
  const { journal, onReady } = tools
  const bins = createBins()
  const numbers = createNumbers(start.total)
  const conflicts = createConflicts(start.conflicts)
  const attempts = new Set<Item>()
  let paused = start.paused
  let cancelled = false
  /** Why the whole batch stopped. */
  let halted: AppError | null = null
  let walkedCount = 0
  let endedAt: number | null = null
  let closed: (() => void) | null = null
  const over: ((batch: Batch) => void)[] = []
  if (start.restored) numbers.onRestored(start.restored)

  const room = createRoom({
    folder: start.target,
    remaining: numbers.remainingBytes,
    onRoom: goOnAfterFull,
    onChange: changed,
  })
  // Whoever keeps what is there may need far less room than the files' sizes add up to.
  if (start.kind === 'files' && (start.conflicts === 'ask' || start.conflicts === 'keep-both')) void room.checkFirst()

  const walk = createWalk({
    files: withNewestLinks(start.files, start.origin),
    layout: start.layout,
    onMore: moved,
    onFailure(thrown) {
      halt(afterAttempt.asError(thrown))
    },
  })
  const { ahead } = walk
  const afterAttempt = createAfterAttempt({ start, tools, bins, numbers, conflicts, room, ahead, halt, onMoved: moved })

  function changed(): void {
    tools.onChange()
  }

  function status(): TransferState {
    if (endedAt !== null || halted) {
      if (cancelled) return { state: 'cancelled' }
      if (halted) return { state: 'failed', error: halted }
      const [failure] = numbers.shown(false).failures
      return failure ? { state: 'failed', error: failure.error } : { state: 'done', note: null }
    }
    if (paused) return { state: 'paused' }
    return openStatus({
      bins,
      walk,
      attemptCount: attempts.size,
      listing: start.origin.waiting(),
      full: room.problem(),
    })
  }

  function record(): Batch {
    const { id, kind, title, executionId, source, target, startedAt } = start
    const now = status()
    return {
      id,
      kind,
      title,
      executionId,
      source,
      target,
      status: now,
      ...numbers.shown(now.state === 'running'),
      startedAt,
      endedAt,
      conflict: conflicts.shown(),
    }
  }

  /** Whatever moves items or the walk on ends here: some may be ready to be taken, and these may have been the last. */
  function moved(): void {
    onReady()
    settle()
  }

  /** Ends the batch when nothing is left to do or under way. */
  function settle(): void {
    changed()
    if (attempts.size === 0) closed?.()
    if (endedAt !== null || attempts.size > 0) return
    const nothingLeft = walk.isOver() && bins.isAtRest()
    if (!nothingLeft && !cancelled && !halted) return
    if (nothingLeft) numbers.onRecounted(walkedCount + (start.restored?.files ?? 0))
    endedAt = Date.now()
    room.close()
    afterAttempt.close()
    // A walk that was stopped half way may still be in it.
    if (walk.isOver()) start.origin.release()
    const batch = record()
    start.brought?.write()
    journal.onOver(batch.status)
    for (const each of over.splice(0)) each(batch)
  }

  function halt(error: AppError): void {
    halted ??= error
    for (const item of attempts) item.attempt?.stop(true)
    settle()
  }

  function goOnAfterFull(): void {
    for (const item of [...bins.of('waiting')])
      if (item.status.state === 'waiting' && item.status.reason === 'disk-full') bins.move(item, { event: 'go-on' })
    onReady()
  }

  function take(large: boolean): Item | null {
    if (paused || cancelled || halted || endedAt !== null || room.problem() !== null || conflicts.areMany()) return null
    if (afterAttempt.areLinksOld()) return null
    const fits = (item: Item) => !item.attempt && (large || (item.file.size ?? 0) < largeBytes)
    for (const item of bins.of('queued')) if (fits(item)) return item
    while (bins.of('queued').size < maximumPostponed) {
      const item = walk.next()
      if (!item) return null
      walkedCount += 1
      bins.add(item)
      if (item.held) numbers.onReceived(item, item.held.bytes, 0)
      if (item.isGone) {
        afterAttempt.onGone(item)
        // It may have been the last, with nothing under way whose end would settle the batch.
        settle()
      }
      if (item.status.state === 'queued' && fits(item)) return item
    }
    return null
  }

  /** Applies a command to one item or to all; a batch's waiting-to-be-walked items are told by its flags. */
  function each(index: number | undefined, names: readonly TransferState['state'][], act: (item: Item) => void): void {
    if (index === undefined) for (const name of names) for (const item of [...bins.of(name)]) act(item)
    else {
      const item = bins.find(index) ?? walk.ahead().find((other) => other.index === index)
      if (item && names.includes(item.status.state)) act(item)
    }
  }

  /** Removes what items left beside their names that nobody will go on with. */
  function dropParts(names: readonly TransferState['state'][]): void {
    each(undefined, names, (item) => afterAttempt.dropPart(item))
  }

  const queuedAgain = (item: Item, index: number | undefined) => {
    item.failures = 0
    item.relists = 0
    item.refusals = 0
    if (index !== undefined) bins.first(item)
  }

  return {
    id: start.id,
    record,
    files(from, to) {
      const all = [...bins.inOrder(), ...walk.ahead()]
      return { total: all.length, transfers: all.slice(from, to).map(toTransfer) }
    },
    take,
    start(item, begin) {
      bins.move(item, { event: 'start' })
      journal.onBegun(item)
      item.attempt = begin()
      attempts.add(item)
      changed()
    },
    onResting(item, rest) {
      bins.move(item, { event: 'wait', ...rest })
      changed()
    },
    onHeld(item, held, synced) {
      afterAttempt.onHeld(item, held, synced)
    },
    onReceived(item) {
      bins.move(item, { event: 'verify' })
      changed()
    },
    onEnd(item, end) {
      item.attempt = null
      attempts.delete(item)
      afterAttempt.onEnd(item, end)
      moved()
    },
    nameRule: (item) => start.brought?.ruleFor(item.file) ?? conflicts.ruleFor(item),
    wake(now) {
      let next: number | null = null
      for (const item of [...bins.of('waiting')]) {
        const until = untilOf(item.status)
        if (until <= now) bins.move(item, { event: 'go-on' })
        else if (until < Number.POSITIVE_INFINITY) next = Math.min(next ?? until, until)
      }
      return next
    },
    wakeNow() {
      for (const item of [...bins.of('waiting')])
        if (item.status.state === 'waiting' && item.status.reason !== 'conflict') bins.move(item, { event: 'go-on' })
      room.check()
      start.origin.wake()
      onReady()
    },
    pause(index) {
      if (index === undefined) paused = true
      each(index, ['queued', 'running', 'verifying', 'waiting'], (item) => {
        if (item.status.state === 'waiting' && item.status.reason === 'conflict') return
        bins.move(item, { event: 'pause' })
        item.attempt?.stop(true)
      })
      journal.onPaused(paused)
      settle()
    },
    resume(index) {
      if (index === undefined) paused = false
      each(index, ['paused', 'waiting'], (item) => {
        if (item.status.state === 'waiting' && item.status.reason === 'conflict') return
        bins.move(item, { event: 'go-on' })
        queuedAgain(item, index)
      })
      journal.onPaused(paused)
      room.check()
      start.origin.wake()
      changed()
      onReady()
    },
    cancel(index) {
      if (endedAt !== null) return
      if (index === undefined) {
        cancelled = true
        dropParts(['failed'])
      }
      each(index, ['queued', 'running', 'verifying', 'waiting', 'paused'], (item) => {
        bins.move(item, { event: 'cancel' })
        conflicts.forget(item)
        if (item.attempt) item.attempt.stop(false)
        else afterAttempt.dropPart(item)
      })
      settle()
    },
    retry(index) {
      // One file of a batch that stopped as a whole can only go on with it.
      const isForAll = index === undefined || halted !== null
      if (isForAll) {
        cancelled = false
        halted = null
        paused = false
        walk.retry()
      }
      if (isOver(status())) journal.onStarted()
      endedAt = null
      // Those that stopped because the whole batch did.
      if (isForAll) each(undefined, ['paused'], (item) => bins.move(item, { event: 'go-on' }))
      each(index, ['failed', 'cancelled'], (item) => {
        if (item.status.state === 'failed') numbers.onRetried(item)
        bins.move(item, { event: 'retry' })
        queuedAgain(item, index)
      })
      moved()
    },
    answerConflict(policy, forAll) {
      for (const item of conflicts.answer(policy, forAll)) bins.move(item, { event: 'go-on' })
      changed()
      onReady()
    },
    placeOf(index) {
      if (index !== undefined) return bins.find(index)?.place ?? null
      const [only] = bins.of('done')
      if (start.total.fileCount === 1 && only) return only.place
      const { folder } = start.layout
      return folder === null ? start.target : path.join(start.target, safeName(folder))
    },
    whenOver: () => (endedAt !== null ? Promise.resolve(record()) : new Promise((resolve) => over.push(resolve))),
    async close() {
      paused = true
      walk.close()
      room.close()
      afterAttempt.close()
      start.origin.close()
      for (const item of attempts) item.attempt?.stop(true)
      if (attempts.size > 0)
        await new Promise<void>((resolve) => {
          closed = resolve
        })
      start.brought?.write()
      journal.close()
    },
    async forget() {
      await this.close()
      dropParts(['queued', 'waiting', 'paused', 'failed', 'cancelled'])
      for (const item of walk.ahead()) afterAttempt.dropPart(item)
      start.dropUnwalkedParts(walk.isWalked)
      journal.remove()
    },
  }
}
