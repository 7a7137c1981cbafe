import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../../log/unexpected.ts'
import { dropPart as removePart } from '../journal/left-parts.ts'
import type { FetchEnd, Held } from '../pump/messages.ts'
import type { BatchStart, BatchTools } from './batch-run.ts'
import type { Bins } from './bins.ts'
import type { Conflicts } from './conflicts.ts'
import { createFreshLinks, type FreshLink } from './fresh-links.ts'
import { countProgress, type Item } from './item.ts'
import type { Numbers } from './numbers.ts'
import { isSameVersion, withLinkOf } from './origin.ts'
import { asksForPatience, isOutOfReach, ownRest, remedyFor } from './retry-policy.ts'
import type { Room } from './room.ts'

/** What happens to an item once an attempt has told how it went. */
export type AfterAttempt = {
  readonly onHeld: (item: Item, held: Held, synced: boolean) => void
  readonly onEnd: (item: Item, end: FetchEnd) => void
  /** The run does not have it any more. */
  readonly onGone: (item: Item) => void
  /** Links expire together, and fresh ones are on their way. */
  readonly areLinksOld: () => boolean
  /** Removes what an item that is given up left beside its name. */
  readonly dropPart: (item: Item) => void
  readonly asError: (thrown: unknown) => AppError
  readonly close: () => void
}

/** Decides between done, another try, a wait and giving up; all that a batch's items share is passed in. */
export function createAfterAttempt(options: {
  readonly start: BatchStart
  readonly tools: BatchTools
  readonly bins: Bins
  readonly numbers: Numbers
  readonly conflicts: Conflicts
  readonly room: Room
  /** Items that have been walked and not begun. */
  readonly ahead: () => readonly Item[]
  readonly halt: (error: AppError) => void
  /** Items may be ready to be taken, and the batch may be over. */
  readonly onMoved: () => void
}): AfterAttempt {
  const { start, tools, bins, numbers, conflicts, room, ahead, halt, onMoved } = options
  const { backOff, concurrency, journal } = tools
  const others = () => [...bins.of('queued'), ...ahead()]
  const freshLinks = createFreshLinks({ relist: start.origin.relist, others, onLinks: takeLinks, onFailure: noLinks })

  function finish(item: Item, place: string, note: 'skipped' | 'unchanged' | null, fetched: number): void {
    // A pause that came too late changes nothing: the file is whole.
    if (item.status.state === 'paused') bins.move(item, { event: 'go-on' })
    if (item.status.state === 'queued') bins.move(item, { event: 'start' })
    if (item.status.state === 'cancelled') {
      bins.move(item, { event: 'retry' })
      bins.move(item, { event: 'start' })
    }
    const size = item.file.size ?? fetched
    numbers.onReceived(item, size, Math.max(0, fetched - item.received))
    if (item.file.size === null) numbers.onResized(null, size)
    item.place = place
    item.held = null
    item.renamed ||= path.basename(place) !== item.target.at(-1)
    bins.move(item, { event: 'finish', note })
    numbers.onDone(item, note)
    concurrency.onFile()
    journal.onDone(item, note)
  }

  function setHeld(item: Item, held: Held | null): void {
    item.held = held
    countProgress(item, held?.bytes ?? 0)
    numbers.onReceived(item, held?.bytes ?? 0, (held?.bytes ?? 0) - item.received)
    if (held) journal.onHeld(item, held, false)
    else journal.onDropped(item.index)
  }

  function failed(item: Item, error: AppError, retryAfterSeconds: number | null, isLost = false): void {
    // Paused or cancelled meanwhile: that stands.
    if (item.status.state !== 'running' && item.status.state !== 'verifying' && item.status.state !== 'waiting') return
    const now = Date.now()
    if (isOutOfReach(error) && item.attemptedAt < backOff.clearedAt()) {
      // It began when there was no way to its host, and there may be one since.
      bins.move(item, { event: 'wait', reason: 'offline', until: now, message: error.message })
      return
    }
    const failures = countFailure(item, error, now)
    const remedy = remedyFor({ ...item, failures, error, retryAfterSeconds, isLost, ...tools.limits }, Math.random())
    switch (remedy.remedy) {
      case 'wait': {
        const { reason, milliseconds, sharedByHost } = remedy
        const rest = { until: now + milliseconds, reason, message: error.message }
        if (sharedByHost) backOff.rest(item.file.downloadUrl, rest)
        if (error.kind === 'rate-limited' || error.kind === 'server-error') concurrency.onOverrun()
        const { firstRetryMilliseconds } = tools.limits
        // A host that says when knows better.
        const own = retryAfterSeconds === null ? ownRest(item.refusals, firstRetryMilliseconds, Math.random()) : 0
        bins.move(item, { event: 'wait', ...rest, until: Math.max(rest.until, now + own) })
        break
      }
      case 'fresh-link':
        bins.move(item, { event: 'wait', reason: 'fresh-link', until: null, message: 'Asking for a fresh link.' })
        freshLinks.want(item)
        break
      case 'room':
        room.onFull()
        bins.move(item, { event: 'wait', reason: 'disk-full', until: null, message: error.message })
        break
      case 'key':
        bins.move(item, { event: 'wait', reason: 'key', until: null, message: error.message })
        break
      case 'give-up':
        giveUp(item, error)
        break
    }
  }

  /** Where the host turns files away, it is how often it did so in a row that counts, not which of them it met. */
  function countFailure(item: Item, error: AppError, now: number): number {
    if (isOutOfReach(error)) {
      item.refusals += 1
      return item.refusals
    }
    if (asksForPatience(error)) {
      item.refusals += 1
      return backOff.onRefused(item.file.downloadUrl, now)
    }
    item.failures += 1
    return item.failures
  }

  function giveUp(item: Item, error: AppError): void {
    numbers.onFailed(item, error)
    bins.move(item, { event: 'fail', error })
    if (error.kind === 'disk') void haltWithoutFolder(error)
  }

  /** Where the folder itself is gone, every further file would only say the same. */
  async function haltWithoutFolder(error: AppError): Promise<void> {
    const folder = await stat(start.target).catch(() => null)
    if (folder?.isDirectory() && !(error.kind === 'disk' && error.code === 'EROFS')) return
    halt(error)
  }

  function takeLinks(links: readonly FreshLink[]): void {
    for (const { item, file, asked } of links) {
      if (!asked || item.status.state !== 'waiting') {
        if (!item.attempt) item.file = withLinkOf(item.file, file)
        continue
      }
      if (!file) {
        onGone(item)
        continue
      }
      item.relists += 1
      if (!isSameVersion(item.file, file)) {
        numbers.onResized(item.file.size, file.size)
        dropPart(item)
      }
      item.file = file
      bins.move(item, { event: 'go-on' })
    }
    onMoved()
  }

  function onGone(item: Item): void {
    giveUp(item, { kind: 'not-found', message: `“${item.file.path}” is no longer in the run.` })
    dropPart(item)
  }

  function noLinks(items: readonly Item[], thrown: unknown): void {
    const error = asError(thrown)
    const retryAfterSeconds = error.kind === 'rate-limited' ? error.retryAfterSeconds : null
    for (const item of items) failed(item, error, retryAfterSeconds)
    onMoved()
  }

  function dropPart(item: Item): void {
    if (item.held) removePart(start.target, item.target, item.partCopy)
    setHeld(item, null)
  }

  function asError(thrown: unknown): AppError {
    return toAppError(tools.log, 'A download failed unexpectedly', thrown)
  }

  return {
    onHeld(item, held, synced) {
      const fetched = held.bytes - item.received
      if (fetched > 0) backOff.onServed(item.file.downloadUrl)
      numbers.onReceived(item, held.bytes, fetched)
      concurrency.onProgress(fetched, performance.now())
      journal.onHeld(item, held, synced)
      tools.onChange()
    },
    onEnd(item, end) {
      switch (end.end) {
        case 'landed':
          backOff.onServed(item.file.downloadUrl)
          concurrency.onProgress(end.received - item.received, performance.now())
          finish(item, end.place, null, end.received)
          if (end.state) start.brought?.onThere(item.file, item.target, end.state)
          break
        case 'kept':
          finish(item, end.place, end.note, 0)
          // What is the same in size and time counts as brought: the run's next version may replace it.
          if (end.note === 'unchanged' && end.state) start.brought?.onThere(item.file, item.target, end.state)
          break
        case 'name-taken':
          conflicts.ask(item, end.existing)
          if (!item.held) journal.onDropped(item.index)
          bins.move(item, { event: 'wait', reason: 'conflict', until: null, message: 'A file has this name already.' })
          break
        case 'part-taken':
          item.partCopy += 1
          setHeld(item, null)
          bins.move(item, { event: 'wait', reason: 'retry', until: Date.now(), message: 'Finding a free name.' })
          break
        case 'held-is-void':
          setHeld(item, null)
          bins.move(item, { event: 'wait', reason: 'retry', until: Date.now(), message: 'Starting again.' })
          break
        case 'stopped':
          setHeld(item, end.held)
          // Stopped with its batch: it goes on when the batch does.
          if (item.status.state === 'running' || item.status.state === 'verifying') bins.move(item, { event: 'pause' })
          break
        case 'lost':
          setHeld(item, end.held)
          failed(item, end.error, null, true)
          break
        case 'failed':
          setHeld(item, end.held)
          failed(item, end.error, end.retryAfterSeconds)
          break
      }
      // It may have been stopped to be gone on with, or have failed, just before it was cancelled.
      if (item.status.state === 'cancelled' && item.held) dropPart(item)
    },
    onGone,
    areLinksOld: () => freshLinks.areMany(),
    dropPart,
    asError,
    close: () => freshLinks.close(),
  }
}
