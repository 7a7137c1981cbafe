import { Failure } from '../failure.ts'

/** What a job is about, and how it hears that it is no longer wanted. */
export type StageJob = { readonly listing: number; readonly node: number; readonly signal: AbortSignal }

export type StageRequest = {
  readonly listing: number
  readonly node: number
  /** Goes ahead of all that waits. */
  readonly urgent: boolean
  /** Asked for by the person, so never dropped in favour of something else. */
  readonly asked: boolean
}

type Entry = {
  request: StageRequest
  readonly abort: AbortController
  readonly start: () => Promise<void>
  readonly drop: () => void
  readonly result: Promise<string>
  running: boolean
}

/** A few jobs at once, one for each file or folder; what is pressed on goes first, what is no longer selected is dropped. */
export type StageQueue = {
  /** Runs the work when its turn comes, or joins the job of the same file that is there already. */
  readonly add: (request: StageRequest, work: (job: StageJob) => Promise<string>) => Promise<string>
  /** Whether the work for a file or folder has begun and goes on. */
  readonly isRunning: (listing: number, node: number) => boolean
  /** Drops what was fetched ahead for anything but these nodes. */
  readonly keepOnly: (listing: number, nodes: readonly number[]) => void
  /** Drops everything and waits until nothing runs. */
  readonly close: () => Promise<void>
}

export function createStageQueue(atOnce: number): StageQueue {
  const entries = new Map<string, Entry>()
  const waiting: string[] = []

  function next(): void {
    const running = [...entries.values()].filter((entry) => entry.running).length
    if (running >= atOnce) return
    const entry = entries.get(waiting.shift() ?? '')
    if (!entry) return
    entry.running = true
    void entry.start()
    next()
  }
  function create(id: string, request: StageRequest, work: (job: StageJob) => Promise<string>): Entry {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const abort = new AbortController()
    // A dropped job may have nobody who waits for it.
    promise.catch(() => {})
    const over = () => {
      entries.delete(id)
      next()
    }
    return {
      request,
      abort,
      result: promise,
      running: false,
      start: () =>
        work({ listing: request.listing, node: request.node, signal: abort.signal })
          .then(resolve, reject)
          .finally(over),
      drop() {
        reject(new Failure({ kind: 'cancelled', message: 'Another file was chosen meanwhile.' }))
        over()
      },
    }
  }
  function drop(id: string, entry: Entry): void {
    entry.abort.abort()
    if (entry.running) return
    waiting.splice(waiting.indexOf(id), 1)
    entry.drop()
  }

  return {
    async add(request, work) {
      const id = addressOf(request.listing, request.node)
      const known = entries.get(id)
      if (known && !known.abort.signal.aborted) {
        known.request = { ...known.request, asked: known.request.asked || request.asked }
        if (request.urgent && !known.running) waiting.unshift(...waiting.splice(waiting.indexOf(id), 1))
        if (!request.asked) return known.result
      }
      // What is fetched ahead keeps to limits that do not bind what is asked for, so that has its turn afterwards.
      if (known) {
        await known.result.catch(() => {})
        return this.add(request, work)
      }
      const entry = create(id, request, work)
      entries.set(id, entry)
      if (request.urgent) waiting.unshift(id)
      else waiting.push(id)
      next()
      return entry.result
    },
    isRunning: (listing, node) => entries.get(addressOf(listing, node))?.running === true,
    keepOnly(listing, nodes) {
      const kept = new Set(nodes.map((node) => addressOf(listing, node)))
      for (const [id, entry] of entries) if (!kept.has(id) && !entry.request.asked) drop(id, entry)
    },
    async close() {
      const results = [...entries].map(([id, entry]) => {
        drop(id, entry)
        return entry.result
      })
      await Promise.allSettled(results)
    },
  }
}

/** Names a file or folder of a listing. */
export function addressOf(listing: number, node: number): string {
  return `${listing}:${node}`
}
