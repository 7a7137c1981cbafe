import type { AppError } from '../../../shared/errors.ts'
import type { AsteroidClient } from '../../api/client.ts'
import { Failure } from '../../failure.ts'
import type { SourceFile } from '../file-source.ts'
import { diskFailure } from '../pump/disk-failure.ts'
import type { BatchStart, BatchTools } from '../queue/batch-run.ts'
import type { Bins } from '../queue/bins.ts'
import { countProgress, type Item, updatedAtOf } from '../queue/item.ts'
import type { Numbers } from '../queue/numbers.ts'
import { withLinkOf } from '../queue/origin.ts'
import { isOutOfReach, type Remedy, remedyFor } from '../queue/retry-policy.ts'
import { isAlreadyPacked } from './already-packed.ts'
import { noProgress, readContent } from './archive-content.ts'
import type { ArchiveRoom } from './archive-room.ts'
import type { ArchiveWaits } from './archive-waits.ts'
import type { FetchAhead } from './fetch-ahead.ts'
import type { ZipFile } from './zip-file.ts'

/** Brings one file after the other into a ZIP file. */
export type ArchiveEntries = {
  /** Settles once the item is done or has failed, or the archive was stopped; throws only what concerns all of them. */
  readonly bring: (zip: ZipFile, item: Item) => Promise<void>
}

/** All that the items of an archive share is passed in. */
export function createArchiveEntries(options: {
  readonly start: BatchStart
  readonly tools: BatchTools
  readonly client: () => Promise<Pick<AsteroidClient, 'openContent'>>
  readonly bins: Bins
  readonly numbers: Numbers
  readonly waits: ArchiveWaits
  readonly room: ArchiveRoom
  readonly fetchAhead: FetchAhead
  /** Items that have been walked, and not been asked for. */
  readonly ahead: () => readonly Item[]
}): ArchiveEntries {
  const { start, tools, client, bins, numbers, waits, room, fetchAhead, ahead } = options
  const { onChange } = tools

  async function bring(zip: ZipFile, item: Item): Promise<void> {
    bins.add(item)
    if (item.isGone) return fail(item, { kind: 'not-found', message: `“${item.file.path}” is no longer in the run.` })
    const progress = noProgress()
    const begin = async () => {
      await zip.abandon()
      Object.assign(progress, noProgress())
      numbers.onReceived(item, 0, 0)
      const name = item.target.join('/')
      const deflate = !isAlreadyPacked(name, item.file.mimeType)
      zip.begin(name, { deflate, updatedAt: updatedAtOf(item.file) })
    }
    const onBytes = async (bytes: Uint8Array) => {
      await zip.write(bytes)
      await tools.bandwidth.spend(bytes.length)
      numbers.onReceived(item, item.received + bytes.length, bytes.length)
      onChange()
    }
    await begin()
    for (;;) {
      if (item.status.state !== 'queued') bins.move(item, { event: 'go-on' })
      bins.move(item, { event: 'start' })
      try {
        const content = await fetchAhead.take(item)
        if (content) await onBytes(content)
        else {
          const how = { signal: waits.signal(), stallMilliseconds: tools.limits.stallMilliseconds }
          await readContent({ client: await client(), item, progress, ...how, restart: begin, onBytes })
        }
        await zip.finish()
        bins.move(item, { event: 'finish', note: null })
        if (item.file.size === null) numbers.onResized(null, item.received)
        numbers.onDone(item, null)
        onChange()
        return
      } catch (thrown) {
        const known = diskFailure(thrown, item.file.path)
        if (!(known instanceof Failure)) throw thrown
        if (waits.isStopped()) return zip.abandon()
        countProgress(item, item.received)
        const goesOn = await remedy(item, known.error)
        if (waits.isStopped() || !goesOn) {
          await zip.abandon()
          return waits.isStopped() ? undefined : fail(item, known.error)
        }
        // What the disk refused was half taken in.
        if (known.error.kind === 'disk-full') await begin()
      }
    }
  }

  /** Waits as a failure calls for; answers whether to try again. */
  async function remedy(item: Item, error: AppError): Promise<boolean> {
    if (error.kind === 'cancelled') {
      // Paused: the connection was let go.
      await waits.untilResumed()
      return !waits.isStopped()
    }
    const counter = isOutOfReach(error) ? 'refusals' : 'failures'
    item[counter] += 1
    const retryAfterSeconds = error.kind === 'rate-limited' ? error.retryAfterSeconds : null
    const failures = item[counter]
    const found = remedyFor({ ...item, failures, error, retryAfterSeconds, ...tools.limits }, Math.random())
    if (found.remedy === 'give-up') return false
    const { reason, milliseconds } = waitFor(found)
    const until = milliseconds === null ? null : Date.now() + milliseconds
    const message = reason === 'disk-full' ? await room.sentence() : error.message
    bins.move(item, { event: 'wait', reason, until, message })
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
    } else if (found.remedy === 'room') await room.whenItMayTake()
    else await waits.rest(milliseconds)
    await waits.untilResumed()
    return true
  }

  /** Lists again for one item; those whose turn is to come get their links with it. */
  async function freshLink(item: Item): Promise<SourceFile | null> {
    const others = [...fetchAhead.waiting(), ...ahead()]
    const wanted = [item, ...others].map((each) => each.file)
    const [file = null, ...newer] = await start.origin.relist(wanted, waits.signal())
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

  return { bring }
}

function waitFor(found: Exclude<Remedy, { remedy: 'give-up' }>) {
  switch (found.remedy) {
    case 'wait':
      return { reason: found.reason, milliseconds: found.milliseconds }
    case 'fresh-link':
      return { reason: 'fresh-link' as const, milliseconds: null }
    case 'room':
      return { reason: 'disk-full' as const, milliseconds: null }
    case 'key':
      return { reason: 'key' as const, milliseconds: null }
  }
}
