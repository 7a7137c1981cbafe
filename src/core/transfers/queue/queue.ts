import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { isOver } from '../../../shared/ended.ts'
import type { Source } from '../../../shared/models/execution.ts'
import type { Connection } from '../../api/request-policy.ts'
import { errorCode, Failure } from '../../failure.ts'
import { makeFolders } from '../../make-folders.ts'
import { createArchiveRun } from '../archive/archive-run.ts'
import type { FileSource } from '../file-source.ts'
import { openBrought } from '../in-step/brought.ts'
import { type BatchJournal, silentBatchJournal } from '../journal/batch-journal.ts'
import { createJournalFolder } from '../journal/journal-folder.ts'
import { rememberedTargets, takeUpParts, withoutArchivePart } from '../journal/left-parts.ts'
import type { Remembered } from '../journal/remembered.ts'
import { wholePaths } from '../layout.ts'
import type { FetchRequest } from '../pump/messages.ts'
import { createPumps } from '../pump/pumps.ts'
import type { StartOptions, Transfers, TransfersOptions } from '../transfers.ts'
import { leftFiles, newFiles } from './batch-files.ts'
import { type BatchRun, type BatchStart, createBatchRun } from './batch-run.ts'
import { createConcurrency } from './concurrency.ts'
import { createHostBackOff } from './host-back-off.ts'
import { type Item, partName, updatedAtOf } from './item.ts'
import { createOrigin, type Origin } from './origin.ts'
import { createPlaces, largeBytes } from './places.ts'

const changesEveryMilliseconds = 100
const defaultLimits = { connectMilliseconds: 20_000, stallMilliseconds: 30_000, firstRetryMilliseconds: 500 }

type Entry = {
  readonly run: BatchRun
  readonly source: Source
  readonly target: string
  readonly journalPath: string | null
  connection: Connection
  /** Makes the batch anew under its id; null where the batch itself can be tried again. */
  again: (() => Promise<string>) | null
}

/** Shares the threads out to batches: what the person touched last goes first. */
export function createQueue(options: TransfersOptions): Transfers {
  const { clientFor, sourceFor, onChange, log, pumpEntry, journalFolder, limits = defaultLimits } = options
  const journals = journalFolder === null ? null : createJournalFolder(journalFolder, log)
  const pumps = createPumps({ entry: pumpEntry, count: threadCount(), limits, log })
  const backOff = createHostBackOff()
  const concurrency = createConcurrency()
  const places = createPlaces(concurrency)
  /** In the order in which they were last touched, the newest first. */
  let entries: Entry[] = []
  let filling = false
  let closing = false
  let changeTimer: NodeJS.Timeout | undefined
  let wakeTimer: NodeJS.Timeout | undefined

  const list = () => entries.map(({ run }) => run.record()).sort((a, b) => b.startedAt - a.startedAt)
  const find = (id: string) => entries.find(({ run }) => run.id === id) ?? null

  function changed(): void {
    changeTimer ??= setTimeout(() => {
      changeTimer = undefined
      const batches = list()
      onChange(batches)
      // Speeds and times left change though nothing else does.
      if (batches.some(({ status }) => status.state === 'running')) changed()
    }, changesEveryMilliseconds)
  }

  function touch(id: string): BatchRun | null {
    const entry = find(id)
    if (entry) entries = [entry, ...entries.filter((each) => each !== entry)]
    return entry?.run ?? null
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
    for (const { run } of entries) {
      const wait = run.wake(now)
      if (wait !== null) next = Math.min(next ?? wait, wait)
    }
    clearTimeout(wakeTimer)
    if (next !== null) wakeTimer = setTimeout(fillSoon, Math.max(1, next - now))
    for (const entry of entries)
      while (places.areFree()) {
        const item = entry.run.take(places.areFreeForLarge())
        if (!item) break
        start(entry, item, now)
      }
  }

  function start({ run, connection, target, journalPath }: Entry, item: Item, now: number): void {
    const rest = backOff.restOf(item.file.downloadUrl, now)
    if (rest) {
      run.onResting(item, rest)
      fillSoon()
      return
    }
    const isLarge = (item.file.size ?? 0) >= largeBytes
    const place = places.take(isLarge)
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

  function originFor(
    { executionId, source }: Pick<BatchStart, 'executionId' | 'source'>,
    first: FileSource | null,
  ): Origin {
    return createOrigin({ first, list: () => sourceFor({ executionId, source }), ...limits, onChange: changed, log })
  }

  function add(connection: Connection, journal: BatchJournal, start: BatchStart): void {
    const tools = { limits, backOff, concurrency, journal, log, onChange: changed, onReady: fillSoon }
    const run =
      start.kind === 'archive'
        ? createArchiveRun(start, tools, () => clientFor(start.source))
        : createBatchRun(start, tools)
    const { source, target } = start
    entries = [{ run, connection, source, target, journalPath: journal.path, again: null }, ...entries]
    changed()
    fillSoon()
  }

  async function restoreOne(left: Remembered, paused: boolean): Promise<void> {
    if (!journals) return
    const remembered = withoutArchivePart(left)
    const { batch, plan, done, over } = remembered
    if (over === 'done' || over === 'cancelled') {
      takeUpParts({ ...remembered, held: new Map() }, rememberedTargets(remembered))
      return journals.forget(batch.id)
    }
    const { connection } = await clientFor(batch.source)
    const journal = await journals.goOn(remembered)
    const origin = originFor(batch, null)
    const bytes = [...done.keys()].reduce((sum, index) => sum + (plan[index]?.[2] ?? 0), 0)
    const skipped = [...done.values()].filter((note) => note !== null).length
    const pending = leftFiles(remembered, origin, journal)
    add(connection, journal, {
      ...batch,
      brought: batch.kind === 'in-step' ? await openBrought(batch.target, batch.executionId, log) : null,
      files: pending.open,
      dropUnwalkedParts: pending.dropUnwalkedParts,
      origin,
      restored: { files: done.size, skipped, bytes },
      // One that had failed waits for the person to try again.
      paused: paused || remembered.paused || over === 'failed',
    })
  }

  async function begin(id: string, asked: StartOptions): Promise<string> {
    const { source, files, target, kind, title, conflicts, layout = wholePaths } = asked
    // At once, since the person may pick others while the batch waits for its turn.
    const chosen = kind === 'archive' ? (source.choose?.(files) ?? files) : files
    const totalling = source.total(files)
    const walk = source.files(files)
    const planned = journals && source.files(files)
    const [{ connection }, total] = await Promise.all([
      clientFor(source.execution.source),
      totalling,
      makeTarget(kind === 'archive' ? path.dirname(target) : target),
    ]).catch((thrown) => {
      for (const each of [walk, planned]) void each?.[Symbol.asyncIterator]().return?.()
      throw thrown
    })
    const batch = { id, kind, title, ...source.execution, target, layout, conflicts, startedAt: Date.now(), total }
    const record = { record: 'batch', version: 1, ...batch, everything: files.what === 'all' } as const
    const journal = (planned && journals?.begin(record, planned)) ?? silentBatchJournal
    const origin = originFor(batch, source)
    const remembered = async () => journals?.read(id) ?? null
    add(connection, journal, {
      ...batch,
      brought: kind === 'in-step' ? await openBrought(target, batch.executionId, log) : null,
      files: newFiles({ walk, origin, journal, remembered }),
      dropUnwalkedParts() {},
      origin,
      restored: null,
      paused: false,
    })
    const entry = find(id)
    // A finished archive can't be gone on with: it is made anew.
    if (entry && kind === 'archive')
      entry.again = async () => {
        entries = entries.filter((each) => each !== entry)
        await entry.run.forget()
        try {
          const made = await begin(id, { ...asked, files: chosen })
          if (chosen !== files) source.letGo?.(chosen)
          return made
        } catch (thrown) {
          // It stays in the list, with why it failed, to be tried again.
          entries = [entry, ...entries]
          changed()
          throw thrown
        }
      }
    return id
  }

  return {
    start: (asked) => begin(randomUUID(), asked),
    list,
    files: (id, from, to) => find(id)?.run.files(from, to) ?? { total: 0, transfers: [] },
    pause: (id, index) => find(id)?.run.pause(index),
    resume: (id, index) => touch(id)?.resume(index),
    cancel: (id, index) => find(id)?.run.cancel(index),
    retry(id, index) {
      const entry = find(id)
      if (!entry?.again) touch(id)?.retry(index)
      else if (isEntryOver(entry))
        entry.again().catch((error) => log.warn('An archive could not be made anew.', { error }))
    },
    clearDone() {
      const [over, others] = [entries.filter(isEntryOver), entries.filter((entry) => !isEntryOver(entry))]
      entries = others
      for (const { run } of over) void run.forget()
      changed()
    },
    answerConflict: (id, policy, forAll) => find(id)?.run.answerConflict(policy, forAll),
    placeOf: (id, index) => find(id)?.run.placeOf(index) ?? null,
    setBandwidthLimit: (limit) => pumps.setLimit(limit),
    wake() {
      backOff.clear()
      // Perhaps it is another key that is back.
      for (const entry of entries)
        clientFor(entry.source)
          .then(({ connection }) => {
            entry.connection = connection
          })
          .catch((error) => log.info('A download still has no client.', { error }))
          .finally(() => entry.run.wakeNow())
    },
    async whenOver(id) {
      const entry = find(id)
      if (!entry) throw new Failure({ kind: 'invalid-input', message: 'This download is no longer in the list.' })
      return entry.run.whenOver()
    },
    async restore(how) {
      for (const remembered of (await journals?.remembered()) ?? [])
        try {
          await restoreOne(remembered, how === 'paused')
        } catch (error) {
          log.error('A download of an earlier start could not be taken up.', { error })
        }
    },
    async close() {
      closing = true
      clearTimeout(wakeTimer)
      await Promise.all(entries.map(({ run }) => run.close()))
      clearTimeout(changeTimer)
      await pumps.close()
    },
  }
}

async function makeTarget(folder: string): Promise<void> {
  try {
    await makeFolders(folder)
  } catch (thrown) {
    const message = `“${folder}” can’t be made. Nothing was downloaded: choose another folder.`
    throw new Failure({ kind: 'disk', code: errorCode(thrown), message }, { cause: thrown })
  }
}

function isEntryOver({ run }: Entry): boolean {
  return isOver(run.record().status)
}

function requestFor(run: BatchRun, item: Item, folder: string, journalPath: string | null): FetchRequest {
  const { index, file, target, partCopy, held, namedSince } = item
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
    namedSince,
  }
}

/** Fetching is bound by one core; a second helps with TLS, more take memory for nothing. */
function threadCount(): number {
  return Math.max(1, Math.min(2, availableParallelism() - 1))
}
