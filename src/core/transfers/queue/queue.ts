import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isOver } from '../../../shared/ended.ts'
import type { Connection } from '../../api/request-policy.ts'
import { Failure } from '../../failure.ts'
import type { FetchRequest } from '../pump/messages.ts'
import { createPumps } from '../pump/pumps.ts'
import type { Transfers, TransfersOptions } from '../transfers.ts'
import { silentBatchJournal } from './batch-journal.ts'
import { type BatchRun, createBatchRun } from './batch-run.ts'
import { createConcurrency } from './concurrency.ts'
import { createHostBackOff } from './host-back-off.ts'
import { type Item, partName, updatedAtOf } from './item.ts'
import { numberFiles } from './walk.ts'

const changesEveryMilliseconds = 100
const limits = { connectMilliseconds: 20_000, stallMilliseconds: 30_000 }
const largeBytes = 16 * 1024 * 1024

type Entry = { readonly run: BatchRun; readonly connection: Connection; readonly target: string }

/** Shares the threads out to batches: what the person touched last goes first. */
export function createQueue(options: TransfersOptions): Transfers {
  const { clientFor, onChange, log, pumpEntry } = options
  const pumps = createPumps({ entry: pumpEntry, count: threadCount(), limits: options.limits ?? limits, log })
  const backOff = createHostBackOff()
  const concurrency = createConcurrency()
  /** In the order in which they were last touched, the newest first. */
  let entries: Entry[] = []
  let running = 0
  let runningLarge = 0
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
      while (running < concurrency.slots()) {
        const item = entry.run.take(runningLarge < concurrency.largeSlots())
        if (!item) break
        start(entry, item, now)
      }
  }

  function start({ run, connection, target }: Entry, item: Item, now: number): void {
    const rest = backOff.restOf(item.file.downloadUrl, now)
    if (rest) {
      run.onResting(item, rest)
      fillSoon()
      return
    }
    const isLarge = (item.file.size ?? 0) >= largeBytes
    running += 1
    if (isLarge) runningLarge += 1
    const attempt = pumps.fetch(connection, requestFor(run, item, target), {
      onHeld: (held, synced) => run.onHeld(item, held, synced),
      onVerifying: () => run.onVerifying(item),
      onEnd(end) {
        running -= 1
        if (isLarge) runningLarge -= 1
        run.onEnd(item, end)
        fillSoon()
      },
    })
    run.onStarted(item, attempt)
  }

  return {
    async start({ source, files, target, kind, title, conflicts }) {
      const { connection } = await clientFor(source.execution.source)
      const total = await source.total(files)
      await mkdir(target, { recursive: true })
      const id = randomUUID()
      const { executionId, source: from } = source.execution
      const run = createBatchRun(
        {
          id,
          kind,
          title,
          executionId,
          source: from,
          target,
          startedAt: Date.now(),
          total,
          conflicts,
          files: numberFiles(source.files(files)),
          origin: async () => source,
          restored: null,
          paused: false,
        },
        { backOff, concurrency, journal: silentBatchJournal, onChange: changed, onReady: fillSoon },
      )
      entries = [{ run, connection, target }, ...entries]
      changed()
      fillSoon()
      return id
    },
    list,
    files: (id, from, to) => find(id)?.run.files(from, to) ?? { total: 0, transfers: [] },
    pause: (id, index) => find(id)?.run.pause(index),
    resume: (id, index) => touch(id)?.resume(index),
    cancel: (id, index) => find(id)?.run.cancel(index),
    retry: (id, index) => touch(id)?.retry(index),
    clearDone() {
      const [over, others] = [entries.filter(isEntryOver), entries.filter((entry) => !isEntryOver(entry))]
      entries = others
      for (const { run } of over) void run.close()
      changed()
    },
    answerConflict: (id, policy, forAll) => find(id)?.run.answerConflict(policy, forAll),
    placeOf: (id, index) => find(id)?.run.placeOf(index) ?? null,
    setBandwidthLimit: (limit) => pumps.setLimit(limit),
    wake() {
      backOff.clear()
      for (const { run } of entries) run.wakeNow()
    },
    async whenOver(id) {
      const entry = find(id)
      if (!entry) throw new Failure({ kind: 'invalid-input', message: 'This download is no longer in the list.' })
      return entry.run.whenOver()
    },
    async restore() {},
    async close() {
      closing = true
      clearTimeout(wakeTimer)
      await Promise.all(entries.map(({ run }) => run.close()))
      clearTimeout(changeTimer)
      await pumps.close()
    },
  }
}

function isEntryOver({ run }: Entry): boolean {
  return isOver(run.record().status)
}

function requestFor(run: BatchRun, item: Item, folder: string): FetchRequest {
  const { file, target, held, namedSince } = item
  return {
    url: file.downloadUrl,
    path: file.path,
    folder,
    names: target,
    part: partName(item),
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
