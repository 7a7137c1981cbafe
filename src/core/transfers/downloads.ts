import type { Batch } from '../../shared/models.ts'
import type { AsteroidClient } from '../api/client.ts'
import { Failure } from '../failure.ts'
import type { DownloadFile, Run } from '../runs/run.ts'
import { downloadFile } from './download-file.ts'
import { createTargetPaths } from './target-path.ts'

export type Downloads = {
  /** Starts a batch and answers its id at once. `target` is the folder; none of `nodes` means the whole run. */
  readonly start: (options: {
    readonly run: Run
    readonly client: AsteroidClient
    readonly generation: number
    readonly nodes: readonly number[]
    readonly target: string
    readonly title: string
  }) => string
  readonly list: () => readonly Batch[]
  readonly cancel: (id: string) => void
  readonly clearDone: () => void
  readonly targetOf: (id: string) => string | null
  /** Settles when a batch has ended. */
  readonly whenEnded: (id: string) => Promise<Batch>
  /** Cancels all and waits until nothing is left half done. */
  readonly close: () => Promise<void>
}

type Entry = {
  batch: Batch
  /** Where the last file went: the file itself for a batch of one. */
  landed: string
  readonly abort: AbortController
  ended: Promise<void>
}

const atOnce = 8
const changesEveryMilliseconds = 100
const attempts = 4

/** Makes the list of downloads; `onChange` hears of them at most ten times a second, and at each end. */
export function createDownloads(options: { readonly onChange: (batches: readonly Batch[]) => void }): Downloads {
  const entries = new Map<string, Entry>()
  const list = () => [...entries.values()].map((entry) => entry.batch)
  let timer: NodeJS.Timeout | undefined
  let lastId = 0

  function changed(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      options.onChange(list())
    }, changesEveryMilliseconds)
  }

  return {
    start({ run, client, generation, nodes, target, title }) {
      const files = run.filesBelow(generation, nodes)
      lastId += 1
      const id = String(lastId)
      const entry: Entry = {
        batch: newBatch(id, title, target, files),
        landed: target,
        abort: new AbortController(),
        ended: Promise.resolve(),
      }
      entries.set(id, entry)
      entry.ended = runBatch({ entry, run, client, files, changed })
      changed()
      return id
    },
    list,
    cancel: (id) => entries.get(id)?.abort.abort(),
    clearDone() {
      for (const [id, { batch }] of entries) if (isEnded(batch)) entries.delete(id)
      changed()
    },
    targetOf: (id) => entries.get(id)?.landed ?? null,
    async whenEnded(id) {
      const entry = entries.get(id)
      if (!entry) throw new Error(`There is no download ${id}.`)
      await entry.ended
      return entry.batch
    },
    async close() {
      for (const entry of entries.values()) entry.abort.abort()
      await Promise.all([...entries.values()].map((entry) => entry.ended))
      clearTimeout(timer)
    },
  }
}

function isEnded(batch: Batch): boolean {
  return batch.state === 'done' || batch.state === 'failed' || batch.state === 'cancelled'
}

function newBatch(id: string, title: string, target: string, files: readonly DownloadFile[]): Batch {
  return {
    id,
    title,
    target,
    state: 'running',
    fileCount: files.length,
    doneCount: 0,
    failedCount: 0,
    totalBytes: files.reduce((sum, file) => sum + (file.size ?? 0), 0),
    receivedBytes: 0,
    speed: 0,
    secondsLeft: null,
    failures: [],
  }
}

async function runBatch(options: {
  readonly entry: Entry
  readonly run: Run
  readonly client: AsteroidClient
  readonly files: readonly DownloadFile[]
  readonly changed: () => void
}): Promise<void> {
  const { entry, run, client, files, changed } = options
  const { signal } = entry.abort
  const targetPath = createTargetPaths()
  const queue = files.map((file) => ({ file, target: targetPath(file.segments) })).values()
  const freshLinks = createFreshLinks(run, signal)
  let since = performance.now()
  let sinceBytes = 0

  function update(change: Partial<Batch>): void {
    entry.batch = { ...entry.batch, ...change }
    changed()
  }
  function addBytes(count: number): void {
    sinceBytes += count
    const receivedBytes = entry.batch.receivedBytes + count
    const seconds = (performance.now() - since) / 1000
    if (seconds < 0.5) {
      update({ receivedBytes })
      return
    }
    const speed =
      entry.batch.speed === 0 ? sinceBytes / seconds : entry.batch.speed * 0.7 + (0.3 * sinceBytes) / seconds
    since = performance.now()
    sinceBytes = 0
    const left = Math.max(0, entry.batch.totalBytes - receivedBytes)
    update({ receivedBytes, speed, secondsLeft: speed > 0 ? left / speed : null })
  }
  async function worker(): Promise<void> {
    for (const { file, target } of queue) {
      if (signal.aborted) return
      try {
        const landed = await attempt(file, target)
        if (files.length === 1) entry.landed = landed
        update({ doneCount: entry.batch.doneCount + 1 })
      } catch (thrown) {
        if (signal.aborted) return
        const message = thrown instanceof Failure ? thrown.error.message : 'Something unexpected went wrong.'
        const failures = [...entry.batch.failures, { path: file.path, message }].slice(0, 20)
        update({ failedCount: entry.batch.failedCount + 1, failures })
      }
    }
  }
  async function attempt(file: DownloadFile, target: readonly string[]): Promise<string> {
    let downloadUrl = file.downloadUrl
    for (let tried = 1; ; tried += 1) {
      let bytes = 0
      const onBytes = (count: number) => {
        bytes += count
        addBytes(count)
      }
      try {
        const folder = entry.batch.target
        return await downloadFile({ client, file: { ...file, downloadUrl }, folder, target, signal, onBytes })
      } catch (thrown) {
        // What is fetched again must not count twice.
        addBytes(-bytes)
        const wait = thrown instanceof Failure ? retryDelay(thrown, tried) : null
        if (wait === null || tried >= attempts || signal.aborted) throw thrown
        await pause(wait, signal)
        if (thrown instanceof Failure && thrown.error.kind === 'link-expired') {
          const fresh = (await freshLinks()).get(file.path)
          if (fresh === undefined || fresh === downloadUrl) throw thrown
          downloadUrl = fresh
        }
      }
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker))
  const state = signal.aborted ? 'cancelled' : entry.batch.failedCount > 0 ? 'failed' : 'done'
  update({ state, speed: 0, secondsLeft: null })
}

/** Milliseconds to wait before another attempt, or null where another would not help. */
function retryDelay({ error }: Failure, tried: number): number | null {
  if (error.kind === 'link-expired') return 0
  if (error.kind === 'rate-limited' && error.retryAfterSeconds !== null) return error.retryAfterSeconds * 1000
  const passing = ['rate-limited', 'server-error', 'timed-out', 'wrong-size'].includes(error.kind)
  if (!passing && !(error.kind === 'offline' && error.cause !== 'tls')) return null
  return 250 * 2 ** tried * (0.5 + Math.random())
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}

/** Lists again when links have expired: once for all files that wait. Answers the new link of each path. */
function createFreshLinks(run: Run, signal: AbortSignal): () => Promise<ReadonlyMap<string, string>> {
  let listing: Promise<ReadonlyMap<string, string>> | null = null
  return () => {
    listing ??= run
      .refresh(signal)
      .then(({ generation }) => new Map(run.filesBelow(generation, []).map((file) => [file.path, file.downloadUrl])))
      .finally(() => {
        listing = null
      })
    return listing
  }
}
