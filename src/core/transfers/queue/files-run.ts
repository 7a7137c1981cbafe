import path from 'node:path'
import { isOver } from '../../../shared/ended.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Batch, ConflictPolicy, TransferState } from '../../../shared/models/transfer.ts'
import type { SourceFile } from '../file-source.ts'
import type { FetchEnd, Held, NameRule } from '../pump/messages.ts'
import { safeName } from '../target-path.ts'
import { createAfterAttempt } from './after-attempt.ts'
import { createBatchEnd } from './batch-end.ts'
import { withNewestLinks } from './batch-files.ts'
import { batchRecord } from './batch-record.ts'
import type { BatchRun, BatchStart, BatchTools } from './batch-run.ts'
import { endStatus, isOutOfReach, openStatus } from './batch-status.ts'
import { createBins } from './bins.ts'
import { bytesThere } from './bytes-there.ts'
import { createConflicts } from './conflicts.ts'
import type { Rest } from './host-back-off.ts'
import type { Item } from './item.ts'
import { createItemCommands } from './item-commands.ts'
import { createLostAttempts } from './lost-attempts.ts'
import { createNumbers } from './numbers.ts'
import { createRoom } from './room.ts'
import { createWalk } from './walk.ts'

/** A batch whose files are fetched one by one. It starts nothing by itself: the queue takes items and reports. */
export type FilesRun = BatchRun & {
  /** The next item to start, or null; large ones only where there is a place for them. */
  readonly take: (large: boolean) => Item | null
  /** Whether it is neither at rest nor over. */
  readonly isOpen: () => boolean
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
  readonly retry: (index?: number) => void
  readonly answerConflict: (policy: ConflictPolicy, forAll: boolean) => void
}

/** Makes a batch that waits to be taken from. */
export function createFilesRun(start: BatchStart, tools: BatchTools): FilesRun {
  const { journal, onReady, onChange: changed } = tools
  const bins = createBins()
  const numbers = createNumbers(start.total, start.restored)
  const conflicts = createConflicts(start.conflicts)
  const attempts = new Set<Item>()
  let paused = start.paused
  let cancelled = false
  /** Why the whole batch stopped. */
  let halted: AppError | null = null
  let walkedCount = 0
  let closed: (() => void) | null = null
  const end = createBatchEnd(record)

  const room = createRoom({
    folder: start.target,
    remaining: numbers.remainingBytes,
    there: async () => bytesThere({ remembered: await start.remembered(), kept: start.brought, ruleFor, bins, walk }),
    onRoom() {
      commands.endWaits('disk-full')
      onReady()
    },
    onChange: changed,
  })
  // Whoever leaves what is there may need far less room than the sizes add up to, which only a plan can tell.
  const isWanted = start.brought === null && start.conflicts === 'keep-both'
  if (isWanted || journal.path !== null) void room.checkFirst()

  const walk = createWalk({
    files: withNewestLinks(start.files, start.origin),
    layout: start.layout,
    kept: start.brought,
    onMore: moved,
    onFailure(thrown) {
      halt(afterAttempt.asError(thrown))
    },
  })
  const shared = { start, bins, numbers, conflicts }
  const afterAttempt = createAfterAttempt({ ...shared, tools, room, ahead: walk.ahead, halt, onMoved: moved })
  const lostAttempts = createLostAttempts({
    start,
    onFound: ({ item, ...lost }) => ended(item, { end: 'lost', ...lost }),
  })
  const commands = createItemCommands({ ...shared, walk, afterAttempt })

  function status(): TransferState {
    if (end.at() !== null || halted) return endStatus(cancelled, halted ?? numbers.firstFailure())
    if (paused) return { state: 'paused' }
    return openStatus({
      bins,
      aheadCount: cancelled ? 0 : walk.ahead().length,
      isWalkOver: cancelled || walk.isOver(),
      attemptCount: attempts.size,
      listing: start.origin.waiting(),
      full: room.problem(),
    })
  }

  function record(): Batch {
    return batchRecord(start, numbers, { status: status(), endedAt: end.at(), conflict: conflicts.shown() })
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
    if (end.at() !== null || attempts.size > 0) return
    const isAllWalked = walk.isOver()
    if (!halted && !(bins.isAtRest() && (isAllWalked || cancelled))) return
    if (isAllWalked && bins.isAtRest()) numbers.onRecounted(walkedCount + (start.restored?.files ?? 0))
    end.reach()
    room.close()
    afterAttempt.close()
    // It may stay in the list for long; tried again, it goes on by the plan in its journal.
    if (journal.path !== null) walk.letGo()
    // Without one, a walk that was stopped half way is still in it.
    if (isAllWalked || journal.path !== null) start.origin.release()
    const batch = record()
    start.brought?.write()
    journal.onOver(batch.status)
    end.tell(batch)
  }

  function ended(item: Item, how: FetchEnd): void {
    item.attempt = null
    attempts.delete(item)
    afterAttempt.onEnd(item, how)
    moved()
  }

  function halt(error: AppError): void {
    halted ??= error
    for (const item of attempts) item.attempt?.stop(true)
    settle()
  }

  function ruleFor(index: number, file: Pick<SourceFile, 'path' | 'size' | 'updatedAt'>): NameRule {
    return start.brought?.ruleFor(file) ?? conflicts.ruleFor({ index })
  }

  const isOpen = () => !(paused || halted || end.at() !== null)

  function take(large: boolean): Item | null {
    if (!isOpen() || room.holds() || conflicts.areMany() || afterAttempt.areLinksOld()) return null
    for (;;) {
      const next = bins.next(large)
      // Of a cancelled batch only what the person tries again goes on.
      if (next || cancelled || !bins.haveRoom()) return next
      const item = walk.next()
      if (!item) return null
      walkedCount += 1
      bins.add(item)
      numbers.onTakenUp([item.index])
      if (item.held) numbers.onReceived(item, item.held.bytes, 0)
      if (!item.isGone) continue
      afterAttempt.onGone(item)
      // It may have been the last, with nothing under way whose end would settle the batch.
      settle()
    }
  }

  /** Settles when nothing writes any more. */
  async function stop(): Promise<void> {
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
  }

  return {
    id: start.id,
    record,
    files: (from, to, only) => bins.listed(cancelled ? [] : walk.ahead(), { from, to, only }),
    take,
    isOpen,
    start(item, begin) {
      bins.move(item, { event: 'start' })
      journal.onBegun(item)
      item.attempt = begin()
      item.attemptedAt = Date.now()
      item.unheard = null
      attempts.add(item)
      changed()
    },
    onResting(item, rest) {
      bins.move(item, { event: 'wait', ...rest })
      changed()
    },
    onHeld: afterAttempt.onHeld,
    onReceived(item) {
      bins.move(item, { event: 'verify' })
      changed()
    },
    onEnd(item, how) {
      if (how.end === 'lost') lostAttempts.add({ item, ...how })
      else ended(item, how)
    },
    nameRule: ({ index, file }) => ruleFor(index, file),
    wake: commands.endDueWaits,
    tryNow(index) {
      commands.tryNow(index)
      room.check()
      start.origin.wake()
      onReady()
    },
    isOutOfReach: () => isOutOfReach(bins, start.origin),
    onNetwork() {
      commands.endWaits('offline')
      start.origin.onNetwork()
      onReady()
    },
    pause(index) {
      if (index === undefined) paused = true
      commands.pause(index)
      journal.onPaused(paused)
      moved()
    },
    resume(index) {
      if (index === undefined) paused = false
      commands.goOn(index)
      journal.onPaused(paused)
      room.check()
      start.origin.wake()
      changed()
      onReady()
    },
    cancel(index) {
      if (end.at() !== null) return
      if (index === undefined) {
        cancelled = true
        paused = false
        commands.dropIdleParts()
      }
      commands.cancel(index)
      moved()
    },
    retry(index) {
      // One file of a batch that failed as a whole can only go on with it.
      const isForAll = index === undefined || halted !== null
      if (isForAll) {
        cancelled = false
        halted = null
        paused = false
        walk.retry()
        journal.onPaused(false)
      }
      // One file of a cancelled batch goes on without the others, which stay cancelled for a later start of the app.
      if (isOver(status()) && !cancelled) journal.onStarted()
      end.takeBack()
      if (isForAll) commands.goOnAfterHalt()
      commands.retry(index)
      moved()
    },
    answerConflict(policy, forAll) {
      for (const item of conflicts.answer(policy, forAll)) bins.move(item, { event: 'go-on' })
      room.check()
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
    whenOver: end.whenReached,
    async close() {
      await stop()
      // The journal forgets it, and its parts with it.
      if (cancelled) commands.dropAllParts()
      journal.close()
    },
    async forget() {
      await stop()
      commands.dropAllParts()
      journal.remove()
    },
  }
}
