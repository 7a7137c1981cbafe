import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { isOver } from '../../../shared/ended.ts'
import type { Source } from '../../../shared/models/execution.ts'
import type { Batch } from '../../../shared/models/transfer.ts'
import type { Connection } from '../../api/request-policy.ts'
import { Failure } from '../../failure.ts'
import { toAppError } from '../../log/unexpected.ts'
import { type ArchiveRun, createArchiveRun } from '../archive/archive-run.ts'
import { createJournalFolder } from '../journal/journal-folder.ts'
import { createBandwidth } from '../pump/bandwidth.ts'
import { markFromInternet } from '../pump/internet-mark.ts'
import type { FetchRequest } from '../pump/messages.ts'
import { usualLimits } from '../pump/pump-thread.ts'
import { createPumps } from '../pump/pumps.ts'
import type { Transfers, TransfersOptions } from '../transfers.ts'
import { createConcurrency } from './concurrency.ts'
import { createFilesRun, type FilesRun } from './files-run.ts'
import { createHostBackOff } from './host-back-off.ts'
import { type Item, isLarge, partName, updatedAtOf } from './item.ts'
import { createLimitShare } from './limit-share.ts'
import { createNetworkWatch, ownAddresses } from './network-watch.ts'
import { createBatchOpener, type OpenedBatch } from './open-batch.ts'
import { createPlaces } from './places.ts'
import { createRenewals, type Wish } from './renewals.ts'

const changesEveryMilliseconds = 100
const defaultLimits = { ...usualLimits, firstRetryMilliseconds: 500 }

type Shared = {
  readonly source: Source
  readonly target: string
  readonly journalPath: string | null
  connection: Connection
}
/** Its files are taken one by one, and each can be tried again. */
type FilesEntry = Shared & { readonly run: FilesRun; readonly again: null }
/** It runs by itself, and is made anew as a whole. */
type ArchiveEntry = Shared & { readonly run: ArchiveRun; readonly again: OpenedBatch['again'] }
type Entry = FilesEntry | ArchiveEntry

/** Makes the queue, which shares the threads out to batches: what the person touched last goes first. Nothing runs yet. */
export function createTransfers(options: TransfersOptions): Transfers {
  const { clientFor, onChange, log, pumpEntry, journalFolder, limits = defaultLimits } = options
  const journals = journalFolder === null ? null : createJournalFolder(journalFolder, log)
  const pumps = createPumps({ entry: pumpEntry, count: threadCount(), limits, log, ahead: options.threadAhead })
  const bandwidth = createBandwidth()
  const mark = options.mark ?? markFromInternet(process.platform)
  const limitShare = createLimitShare(pumps, bandwidth)
  const backOff = createHostBackOff()
  const concurrency = createConcurrency()
  const network = createNetworkWatch(options.networkAddresses ?? ownAddresses, onNetwork)
  const places = createPlaces(concurrency)
  const opener = createBatchOpener({ ...options, journals, limits, onChange: changed })
  /** In the order in which they were last touched, the newest first. */
  let entries: Entry[] = []
  const renewals = createRenewals(changed)
  let filling = false
  let closing = false
  let changeTimer: NodeJS.Timeout | undefined
  let wakeTimer: NodeJS.Timeout | undefined

  const list = () => entries.map(recordOf).sort((a, b) => b.startedAt - a.startedAt)
  const find = (id: string) => entries.find(({ run }) => run.id === id) ?? null

  function recordOf({ run }: Entry): Batch {
    return { ...run.record(), ...renewals.shown(run.id) }
  }

  function isEntryOver(entry: Entry): boolean {
    return isOver(recordOf(entry).status)
  }

  function changed(): void {
    changeTimer ??= setTimeout(() => {
      changeTimer = undefined
      const batches = list()
      const running = batches.filter(({ status }) => !isOver(status) && status.state !== 'paused')
      const archives = running.filter(({ kind }) => kind === 'archive').length
      limitShare.onChange({ files: running.length > archives, archives: archives > 0 })
      network.watch(entries.some(({ run }) => run.isOutOfReach()))
      onChange(batches)
      // Speeds and times left change though nothing else does.
      if (batches.some(({ status }) => status.state === 'running')) changed()
    }, changesEveryMilliseconds)
  }

  function touch(id: string): Entry | null {
    const entry = find(id)
    if (entry) entries = [entry, ...entries.filter((each) => each !== entry)]
    return entry
  }

  /** Starts what there is room for, at the end of this turn. */
  function fillSoon(): void {
    if (filling) return
    filling = true
    queueMicrotask(() => {
      filling = false
      if (!closing) fill()
    })
  }

  function fill(): void {
    const now = Date.now()
    let next: number | null = null
    const taken = entries.filter((entry) => entry.again === null)
    for (const { run } of taken) {
      const wait = run.wake(now)
      if (wait !== null) next = Math.min(next ?? wait, wait)
    }
    clearTimeout(wakeTimer)
    if (next !== null) wakeTimer = setTimeout(fillSoon, Math.max(1, next - now))
    // The newest begins with a large file at once, though others may have all places that are meant for those.
    let isNewest = true
    for (const entry of taken) {
      const { run } = entry
      while (places.areFree()) {
        const item = run.take(places.areFreeForLarge() || (isNewest && places.isFreeForFirstLarge(run.id)))
        if (!item) break
        start(entry, item, now)
      }
      isNewest &&= !run.isOpen()
    }
  }

  function start({ run, connection, target, journalPath }: FilesEntry, item: Item, now: number): void {
    const rest = backOff.restOf(item.file.downloadUrl, now)
    if (rest) {
      run.onResting(item, rest)
      fillSoon()
      return
    }
    const place = places.take(isLarge(item), run.id)
    run.start(item, () =>
      pumps.fetch(connection, requestFor(run, item, target, journalPath), {
        onHeld: (held, synced) => run.onHeld(item, held, synced),
        onReceived() {
          place.onReceived()
          run.onReceived(item)
          fillSoon()
        },
        onEnd(end) {
          place.free()
          run.onEnd(item, end)
          fillSoon()
        },
      }),
    )
  }

  function run({ start, journal, connection, again }: OpenedBatch, before?: Entry): void {
    const { source, target } = start
    const tools = { limits, backOff, concurrency, bandwidth, mark, journal, log, onChange: changed, onReady: fillSoon }
    const shared = { source, target, connection, journalPath: journal.path }
    const entry: Entry =
      start.kind === 'archive'
        ? { ...shared, run: createArchiveRun(start, tools, () => clientFor(source)), again }
        : { ...shared, run: createFilesRun(start, tools), again: null }
    entries = [entry, ...entries.filter((each) => each !== before)]
    changed()
    fillSoon()
  }

  function onNetwork(): void {
    log.info('The computer has other addresses: what was out of reach is tried again.')
    backOff.clear('offline')
    for (const { run } of entries) run.onNetwork()
  }

  /** An archive can't be gone on with. */
  async function makeAnew(entry: ArchiveEntry, wish: () => Wish): Promise<void> {
    try {
      const opened = await entry.again(entry.run)
      run({ ...opened, start: { ...opened.start, paused: wish() === 'pause' } }, entry)
    } catch (thrown) {
      // It stays in the list, with why it can't be made, to be tried again.
      const error = toAppError(log, 'An archive could not be made anew', thrown)
      entry.run.onNotMadeAnew(wish() === 'cancel' ? null : error)
    }
    const made = find(entry.run.id)?.run ?? entry.run
    if (wish() === 'pause') made.pause()
    if (wish() === 'cancel') made.cancel()
    if (wish() !== 'forget') return
    entries = entries.filter((each) => each.run !== made)
    await made.forget()
  }

  return {
    async start(asked) {
      const id = randomUUID()
      run(await opener.openNew(id, asked))
      return id
    },
    list,
    files: (id, from, to, only) => find(id)?.run.files(from, to, only) ?? { total: 0, transfers: [] },
    pause(id, index) {
      if (!renewals.ask(id, 'pause')) find(id)?.run.pause(index)
    },
    resume(id, index) {
      const entry = touch(id)
      if (!renewals.ask(id, 'run')) entry?.run.resume(index)
    },
    cancel(id, index) {
      if (!renewals.ask(id, 'cancel')) find(id)?.run.cancel(index)
    },
    retry(id, index) {
      const entry = touch(id)
      if (renewals.ask(id, 'run')) return
      if (entry?.again === null) entry.run.retry(index)
      else if (entry && isEntryOver(entry)) renewals.begin(id, (wish) => makeAnew(entry, wish))
      changed()
    },
    clearDone() {
      const [over, others] = [entries.filter(isEntryOver), entries.filter((entry) => !isEntryOver(entry))]
      entries = others
      for (const { run } of over) if (!renewals.ask(run.id, 'forget')) void run.forget()
      changed()
    },
    answerConflict(id, policy, forAll) {
      const entry = find(id)
      if (entry?.again === null) entry.run.answerConflict(policy, forAll)
    },
    placeOf: (id, index) => find(id)?.run.placeOf(index) ?? null,
    setBandwidthLimit: limitShare.setLimit,
    tryNow(id, index) {
      const entry = touch(id)
      if (!entry) return
      // Its host asked all to be left alone; the person asks for it all the same.
      backOff.clear()
      entry.run.tryNow(index)
    },
    wake() {
      backOff.clear()
      // Perhaps it is another key that is back.
      for (const entry of entries)
        clientFor(entry.source)
          .then(({ connection }) => {
            entry.connection = connection
          })
          .catch((error) => log.info('A download still has no client.', { error }))
          .finally(() => entry.run.tryNow())
    },
    async whenOver(id) {
      await renewals.whenOpen(id)
      const entry = find(id)
      if (!entry) throw new Failure({ kind: 'invalid-input', message: 'This download is no longer in the list.' })
      return entry.run.whenOver()
    },
    async restore(how) {
      for (const remembered of (await journals?.remembered()) ?? [])
        try {
          const left = await opener.openLeft(remembered, how === 'paused')
          if (left) run(left)
        } catch (error) {
          log.error('A download of an earlier start could not be taken up.', { error })
        }
    },
    async close() {
      closing = true
      clearTimeout(wakeTimer)
      await renewals.whenAllAreOpen()
      await Promise.all(entries.map(({ run }) => run.close()))
      clearTimeout(changeTimer)
      network.watch(false)
      await pumps.close()
    },
  }
}

function requestFor(run: FilesRun, item: Item, folder: string, journalPath: string | null): FetchRequest {
  const { index, file, target, partCopy, held, unheard } = item
  return {
    url: file.downloadUrl,
    path: file.path,
    folder,
    names: target,
    part: partName(item),
    making: journalPath === null ? null : { path: journalPath, index, partCopy },
    held,
    size: file.size,
    updatedAt: updatedAtOf(file),
    mimeType: file.mimeType,
    nameRule: run.nameRule(item),
    unheard,
  }
}

/** Fetching is bound by one core; a second helps with TLS, more take memory for nothing. */
function threadCount(): number {
  return Math.max(1, Math.min(2, availableParallelism() - 1))
}
