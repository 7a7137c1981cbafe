import { rmSync } from 'node:fs'
import path from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import type { Batch, TransferState } from '../../../shared/models/transfer.ts'
import type { AsteroidClient } from '../../api/client.ts'
import { errorCode, Failure } from '../../failure.ts'
import { unexpected } from '../../log/unexpected.ts'
import type { SourceFile } from '../file-source.ts'
import { diskFailure } from '../pump/disk-failure.ts'
import { giveName } from '../pump/final-name.ts'
import { markFromInternet } from '../pump/internet-mark.ts'
import { withNewestLinks } from '../queue/batch-files.ts'
import type { BatchRun, BatchStart, BatchTools } from '../queue/batch-run.ts'
import { createBins } from '../queue/bins.ts'
import { type Item, partNameOf, toTransfer, updatedAtOf } from '../queue/item.ts'
import { createNumbers } from '../queue/numbers.ts'
import { withLinkOf } from '../queue/origin.ts'
import { type Remedy, remedyFor } from '../queue/retry-policy.ts'
import { createWalk } from '../queue/walk.ts'
import { isAlreadyPacked } from './already-packed.ts'
import { type Progress, readContent } from './archive-content.ts'
import { createFetchAhead } from './fetch-ahead.ts'
import { createZipFile, type ZipFile } from './zip-file.ts'

/** How long to wait before looking whether the disk has room again. */
const roomMilliseconds = 2_000

/**
 * A batch whose files go into one ZIP file, one after the other, straight from the network. After a restart of the app it
 * begins anew, since a half-written archive can't be gone on with safely.
 */
export function createArchiveRun(
  start: BatchStart,
  tools: BatchTools,
  client: () => Promise<Pick<AsteroidClient, 'openContent'>>,
): BatchRun {
  const { journal, onChange } = tools
  const bins = createBins()
  const numbers = createNumbers(start.total)
  let paused = start.paused
  let abort = new AbortController()
  let failure: AppError | null = null
  let isCancelled = false
  let isClosed = false
  let endedAt: number | null = null
  let place: string | null = null
  let walkFailure: unknown = null
  /** What the disk has no room for, while it has none. */
  let full: string | null = null
  /** Ends the wait that is under way: for room, for a host, for a resume, for more files. */
  let wake = () => {}
  const over: ((batch: Batch) => void)[] = []

  const walk = createWalk({
    files: withNewestLinks(start.files, start.origin),
    layout: start.layout,
    onMore: () => wake(),
    onFailure(thrown) {
      walkFailure = thrown
      wake()
    },
  })
  const ahead = createFetchAhead({ client, isReady: () => !paused && !isStopped() })

  function isStopped(): boolean {
    return isCancelled || isClosed
  }

  function status(): TransferState {
    if (endedAt !== null) {
      if (isCancelled) return { state: 'cancelled' }
      const [first] = numbers.shown(false).failures
      const error = failure ?? first?.error
      return error ? { state: 'failed', error } : { state: 'done', note: null }
    }
    if (paused) return { state: 'paused' }
    if (full !== null) return { state: 'waiting', reason: 'disk-full', until: null, message: full }
    const [waiting] = bins.of('waiting')
    return waiting?.status ?? start.origin.waiting() ?? { state: 'running' }
  }

  function record(): Batch {
    const { id, kind, title, executionId, source, target, startedAt } = start
    const now = status()
    const shown = numbers.shown(now.state === 'running')
    return { id, kind, title, executionId, source, target, status: now, ...shown, startedAt, endedAt, conflict: null }
  }

  function pauseFor(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function untilResumed(): Promise<void> {
    while (paused && !isStopped()) await pauseFor(null)
  }

  async function nextItem(): Promise<Item | null> {
    for (;;) {
      await untilResumed()
      if (isStopped()) return null
      if (walkFailure) throw walkFailure
      const item = ahead.next(walk.next)
      if (item) return item
      if (walk.isOver()) return null
      await pauseFor(null)
    }
  }

  async function bring(zip: ZipFile, item: Item): Promise<void> {
    bins.add(item)
    if (item.isGone) return fail(item, { kind: 'not-found', message: `“${item.file.path}” is no longer in the run.` })
    let progress: Progress | null = null
    const begin = async () => {
      if (progress) await zip.abandon()
      progress = { bytes: 0, validator: null }
      numbers.onReceived(item, 0, 0)
      const { name, mimeType } = { name: item.target.join('/'), mimeType: item.file.mimeType }
      const options = { deflate: !isAlreadyPacked(name, mimeType), updatedAt: updatedAtOf(item.file) }
      await untilThereIsRoom(() => zip.begin(name, options))
      return progress
    }
    const onBytes = async (bytes: Uint8Array) => {
      await zip.write(bytes)
      numbers.onReceived(item, item.received + bytes.length, bytes.length)
      onChange()
    }
    const restart = async () => {
      const fresh = await begin()
      Object.assign(used, fresh)
      progress = used
    }
    let used = await begin()
    for (;;) {
      if (item.status.state !== 'queued') bins.move(item, { event: 'go-on' })
      bins.move(item, { event: 'start' })
      try {
        const content = await ahead.take(item)
        if (content) await onBytes(content)
        else await readContent({ client: await client(), item, progress: used, signal: abort.signal, restart, onBytes })
        await zip.finish()
        bins.move(item, { event: 'finish', note: null })
        if (item.file.size === null) numbers.onResized(null, item.received)
        numbers.onDone(item, null)
        onChange()
        return
      } catch (thrown) {
        const known = diskFailure(thrown, item.file.path)
        if (!(known instanceof Failure)) throw thrown
        if (isStopped()) return zip.abandon()
        const goesOn = await remedy(item, known.error)
        if (isStopped() || !goesOn) {
          await zip.abandon()
          return isStopped() ? undefined : fail(item, known.error)
        }
        // What the disk refused was half taken in.
        if (known.error.kind === 'disk-full') used = await begin()
      }
    }
  }

  /** Waits as a failure calls for; answers whether to try again. */
  async function remedy(item: Item, error: AppError): Promise<boolean> {
    if (error.kind === 'cancelled') {
      // Paused: the connection was let go.
      await untilResumed()
      return !isStopped()
    }
    item.failures += 1
    const retryAfterSeconds = error.kind === 'rate-limited' ? error.retryAfterSeconds : null
    const found = remedyFor({ ...item, error, retryAfterSeconds, ...tools.limits }, Math.random())
    if (found.remedy === 'give-up') return false
    const { reason, milliseconds } = waitFor(found)
    const until = milliseconds === null ? null : Date.now() + milliseconds
    bins.move(item, { event: 'wait', reason, until, message: error.message })
    onChange()
    if (found.remedy === 'fresh-link') {
      item.relists += 1
      try {
        const file = await freshLink(item)
        if (!file) return false
        item.file = file
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        // Listing again failed: that calls for a remedy of its own, and then the old link for a fresh one.
        item.relists -= 1
        return remedy(item, thrown.error)
      }
    } else await pauseFor(milliseconds)
    await untilResumed()
    return true
  }

  /** Writes what belongs to no one file's bytes, again and again while the disk is full; stops when the archive does. */
  async function untilThereIsRoom(write: () => Promise<void>): Promise<void> {
    for (;;)
      try {
        return await write()
      } catch (thrown) {
        const known = diskFailure(thrown, path.basename(start.target))
        if (!(known instanceof Failure) || known.error.kind !== 'disk-full' || isStopped()) throw thrown
        full = known.error.message
        onChange()
        await pauseFor(roomMilliseconds)
        await untilResumed()
        full = null
        if (isStopped()) throw known
      }
  }

  /** Lists again for one item; those whose turn is to come get their links with it. */
  async function freshLink(item: Item): Promise<SourceFile | null> {
    const others = [...ahead.waiting(), ...walk.ahead()]
    const wanted = [item, ...others].map((each) => each.file)
    const [file = null, ...newer] = await start.origin.relist(wanted, abort.signal)
    others.forEach((each, index) => {
      each.file = withLinkOf(each.file, newer[index] ?? null)
    })
    return file
  }

  function fail(item: Item, error: AppError): void {
    numbers.onReceived(item, 0, 0)
    numbers.onFailed(item, error)
    if (item.status.state !== 'failed') bins.move(item, { event: 'fail', error })
    onChange()
  }

  async function run(): Promise<void> {
    let part: string | null = null
    let zip: ZipFile | null = null
    try {
      const made = await makePart()
      part = made.part
      zip = made.zip
      for (let item = await nextItem(); item; item = await nextItem()) await bring(zip, item)
      if (isStopped()) throw new Failure({ kind: 'cancelled', message: 'You cancelled this.' })
      const written = zip
      await untilThereIsRoom(() => written.end())
      zip = null
      await markFromInternet(process.platform)([part])
      place =
        giveName(part, start.target, { rule: start.conflicts === 'replace' ? 'replace' : 'keep-both' })?.place ?? null
    } catch (thrown) {
      await zip?.close()
      if (part) {
        rmSync(part, { force: true })
        journal.onDropped(0)
      }
      const known = diskFailure(thrown, path.basename(start.target))
      const foreseen = known instanceof Failure ? known.error : null
      failure = foreseen ?? unexpected(tools.log, 'An archive failed unexpectedly', thrown)
    } finally {
      endedAt = Date.now()
      walk.close()
      start.origin.close()
      const batch = record()
      if (!isClosed) journal.onOver(batch.status)
      onChange()
      for (const each of over.splice(0)) each(batch)
    }
  }

  async function makePart(): Promise<{ readonly part: string; readonly zip: ZipFile }> {
    const { dir, base } = path.parse(start.target)
    for (let copy = 1; ; copy += 1) {
      const part = path.join(dir, partNameOf(base, copy))
      journal.onBegun({ index: 0, partCopy: copy })
      await Promise.resolve()
      try {
        const zip = await createZipFile(part)
        journal.onMade({ index: 0, partCopy: copy })
        return { part, zip }
      } catch (thrown) {
        if (errorCode(thrown) !== 'EEXIST' || copy > 1_000) throw thrown
      }
    }
  }

  const running = run()

  return {
    id: start.id,
    record,
    files(from, to) {
      const all = [...bins.inOrder(), ...walk.ahead()]
      return { total: all.length, transfers: all.slice(from, to).map(toTransfer) }
    },
    take: () => null,
    start() {},
    onResting() {},
    onHeld() {},
    onReceived() {},
    onEnd() {},
    nameRule: () => ({ rule: 'keep-both' }),
    wake: () => null,
    wakeNow() {
      start.origin.wake()
      wake()
    },
    pause() {
      if (endedAt !== null) return
      paused = true
      abort.abort()
      abort = new AbortController()
      journal.onPaused(true)
      onChange()
    },
    resume() {
      paused = false
      journal.onPaused(false)
      start.origin.wake()
      wake()
      onChange()
    },
    cancel() {
      if (endedAt !== null) return
      isCancelled = true
      abort.abort()
      wake()
    },
    /** The queue makes an archive anew: what went wrong in the middle cannot be put in later. */
    retry() {},
    answerConflict() {},
    placeOf: () => place,
    whenOver: () => (endedAt !== null ? Promise.resolve(record()) : new Promise((resolve) => over.push(resolve))),
    async close() {
      isClosed = true
      abort.abort()
      walk.close()
      start.origin.close()
      wake()
      await running
      journal.close()
    },
    async forget() {
      await this.close()
      journal.remove()
    },
  }
}

function waitFor(found: Exclude<Remedy, { remedy: 'give-up' }>) {
  switch (found.remedy) {
    case 'wait':
      return { reason: found.reason, milliseconds: found.milliseconds }
    case 'fresh-link':
      return { reason: 'fresh-link' as const, milliseconds: null }
    case 'room':
      return { reason: 'disk-full' as const, milliseconds: roomMilliseconds }
    case 'key':
      return { reason: 'key' as const, milliseconds: null }
  }
}
