import path from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import type { Batch, TransferState } from '../../../shared/models/transfer.ts'
import type { AsteroidClient } from '../../api/client.ts'
import { Failure } from '../../failure.ts'
import { toAppError } from '../../log/unexpected.ts'
import type { LandedArchive } from '../journal/records.ts'
import { diskFailure } from '../pump/disk-failure.ts'
import { flushFolder } from '../pump/flush-folder.ts'
import { keepHeapsSmall } from '../pump/small-heaps.ts'
import { createBatchEnd } from '../queue/batch-end.ts'
import { withNewestLinks } from '../queue/batch-files.ts'
import { batchRecord } from '../queue/batch-record.ts'
import type { BatchRun, BatchStart, BatchTools } from '../queue/batch-run.ts'
import { endStatus, isOutOfReach } from '../queue/batch-status.ts'
import { createBins } from '../queue/bins.ts'
import type { Item } from '../queue/item.ts'
import { createNumbers } from '../queue/numbers.ts'
import { createWalk } from '../queue/walk.ts'
import { createArchiveEntries } from './archive-entries.ts'
import { nameArchive } from './archive-name.ts'
import { type ArchivePart, makeArchivePart } from './archive-part.ts'
import { createArchiveRoom } from './archive-room.ts'
import { createArchiveWaits } from './archive-waits.ts'
import { createFetchAhead } from './fetch-ahead.ts'
import { leastBytes } from './least-bytes.ts'
import type { ZipFile } from './zip-file.ts'
import { leastRecordBytes } from './zip-records.ts'

/** An archive in the making. */
export type ArchiveRun = BatchRun & {
  /** What lies under its name, by this try or one before. */
  readonly landed: () => LandedArchive | null
  /** It was to be made anew, and that can't be; null where the person called it off. */
  readonly onNotMadeAnew: (error: AppError | null) => void
}

/**
 * A batch whose files go into one ZIP file, one after the other, straight from the network. It runs by itself. After a
 * restart of the app it begins anew, since a half-written archive can't be gone on with safely; and so does one that is
 * tried again, since what is missing in the middle can't be put in later.
 */
export function createArchiveRun(
  start: BatchStart,
  tools: BatchTools,
  client: () => Promise<Pick<AsteroidClient, 'openContent'>>,
): ArchiveRun {
  const { journal, onChange } = tools
  const name = path.basename(start.target)
  const bins = createBins()
  const numbers = createNumbers(start.total)
  const end = createBatchEnd(record)
  const waits = createArchiveWaits(start.paused)
  const { fileCount, size } = start.total
  const room = createArchiveRoom({
    target: start.target,
    least: async () => leastBytes(await start.remembered()),
    most: size + fileCount * leastRecordBytes,
    received: () => size - numbers.remainingBytes(),
    waits,
    onChange,
  })
  let failure: AppError | null = null
  let isCancelled = false
  let isClosed = false
  let landed: LandedArchive | null = null
  let walkFailure: unknown = null

  const walk = createWalk({
    files: withNewestLinks(start.files, start.origin),
    layout: start.layout,
    kept: null,
    onMore: waits.wake,
    onFailure(thrown) {
      walkFailure = thrown
      waits.wake()
    },
  })
  const { ahead } = walk
  const fetchAhead = createFetchAhead({
    client,
    signal: waits.signal,
    isLimited: tools.bandwidth.isLimited,
    isReady: () => !waits.isPaused() && !waits.isStopped(),
  })
  const entries = createArchiveEntries({ start, tools, client, bins, numbers, waits, room, fetchAhead, ahead })

  function status(): TransferState {
    if (end.at() !== null) return endStatus(isCancelled, failure ?? numbers.firstFailure())
    if (waits.isPaused()) return { state: 'paused' }
    const full = room.problem()
    if (full !== null) return { state: 'waiting', reason: 'disk-full', until: null, message: full }
    const [waiting] = bins.of('waiting')
    return waiting?.status ?? start.origin.waiting() ?? { state: 'running' }
  }

  function record(): Batch {
    return batchRecord(start, numbers, { status: status(), endedAt: end.at(), conflict: null })
  }

  async function run(): Promise<void> {
    let part: ArchivePart | null = null
    try {
      await waits.untilResumed()
      await room.whenForAll()
      // Where it is over before it has begun, there is nothing to remove.
      if (waits.isStopped()) throw stopped()
      part = await room.whenThereIs(() => makeArchivePart(start.target, journal))
      await write(part.zip)
      const { doneCount, failedCount } = numbers.shown(false)
      // With nothing in it, it would only hide that nothing came.
      if (doneCount === 0 && failedCount > 0) part.drop()
      else await land(part.path)
    } catch (thrown) {
      part?.drop()
      failure = toAppError(tools.log, 'An archive failed unexpectedly', diskFailure(thrown, name))
    } finally {
      end.reach()
      walk.close()
      start.origin.close()
      const batch = record()
      // What the end of the app stops goes on at its next start; what is cancelled or there by then does not.
      if (!isClosed || isCancelled || landed) journal.onOver(batch.status)
      onChange()
      end.tell(batch)
    }
  }

  async function land(part: string): Promise<void> {
    await tools.mark([part])
    // Without its name it can still be taken back; the end of the app stops nothing that is all written.
    if (isCancelled) throw stopped()
    landed = nameArchive(part, start)
    if (!landed) return
    journal.onLanded(landed)
    // The journal is gone once it counts as done, and would have it made again after a loss of power.
    await flushFolder(path.dirname(landed.place), false)
  }

  /** Writes all there is to write; the file is closed in any case. */
  async function write(zip: ZipFile): Promise<void> {
    const letHeapsGrow = keepHeapsSmall()
    try {
      for (let item = await nextItem(); item; item = await nextItem()) await entries.bring(zip, item)
      if (waits.isStopped()) throw stopped()
      await room.whenThereIs(() => zip.end())
    } catch (thrown) {
      await zip.close()
      throw thrown
    } finally {
      letHeapsGrow()
    }
  }

  async function nextItem(): Promise<Item | null> {
    for (;;) {
      await waits.untilResumed()
      if (waits.isStopped()) return null
      if (walkFailure) throw walkFailure
      const item = fetchAhead.next(walk.next)
      if (item) return item
      if (walk.isOver()) return null
      await waits.rest(null)
    }
  }

  const running = run()

  async function stop(): Promise<void> {
    isClosed = true
    waits.stop()
    walk.close()
    start.origin.close()
    await running
  }

  return {
    id: start.id,
    record,
    files: (from, to, only) => bins.listed(walk.ahead(), { from, to, only }),
    tryNow() {
      start.origin.wake()
      waits.wake()
    },
    isOutOfReach: () => isOutOfReach(bins, start.origin),
    onNetwork() {
      const offline = bins.offline()
      for (const item of offline) item.refusals = 0
      if (offline.length > 0) waits.wake()
      start.origin.onNetwork()
    },
    pause() {
      if (end.at() !== null) return
      waits.pause()
      journal.onPaused(true)
      onChange()
    },
    resume() {
      waits.resume()
      journal.onPaused(false)
      start.origin.wake()
      onChange()
    },
    cancel() {
      if (end.at() !== null || landed) return
      isCancelled = true
      waits.stop()
    },
    placeOf: () => landed?.place ?? null,
    landed: () => landed ?? start.landed,
    whenOver: end.whenReached,
    onNotMadeAnew(error) {
      failure = error
      isCancelled = error === null
      end.reach()
      journal.onOver(status())
      onChange()
    },
    async close() {
      await stop()
      journal.close()
    },
    async forget() {
      await stop()
      journal.remove()
    },
  }
}

function stopped(): Failure {
  return new Failure({ kind: 'cancelled', message: 'You cancelled this.' })
}
