import { Failure } from '../failure.ts'

/** What a job is about, and how it hears that it is no longer wanted. */
export type StageJob = StageWish & { readonly signal: AbortSignal }

/** A file or folder of a listing, as of a time: a filter or a refresh later it may stand for other files. */
export type StageWish = { readonly listing: number; readonly node: number; readonly asOf: number }

export type StageRequest = StageWish & {
  /** Goes ahead of all that waits. */
  readonly urgent: boolean
  /** Asked for by the person, so never dropped in favour of something else. */
  readonly asked: boolean
}

type Entry<Result> = {
  request: StageRequest
  readonly abort: AbortController
  readonly start: () => Promise<void>
  readonly drop: () => void
  readonly result: Promise<Result>
  running: boolean
}

/** A few jobs at once, one for each file or folder; what is pressed on goes first, what is no longer selected is dropped. */
export type StageQueue<Result> = {
  /** Runs the work when its turn comes, or joins the job of the same wish that is there already. */
  readonly add: (request: StageRequest, work: (job: StageJob) => Promise<Result>) => Promise<Result>
  /** Drops what was fetched ahead for anything but these nodes, as of that time or, where none is given, of any. */
  readonly keepOnly: (listing: number, nodes: readonly number[], asOf?: number) => void
  /** Drops everything and waits until nothing runs. */
  readonly close: () => Promise<void>
}

export function createStageQueue<Result>(atOnce: number): StageQueue<Result> {
  const entries = new Map<string, Entry<Result>>()
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
  function create(id: string, request: StageRequest, work: (job: StageJob) => Promise<Result>): Entry<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
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
        work({ ...request, signal: abort.signal })
          .finally(over)
          .then(resolve, reject),
      drop() {
        reject(new Failure({ kind: 'cancelled', message: 'Another file was chosen meanwhile.' }))
        over()
      },
    }
  }
  function drop(id: string, entry: Entry<Result>): void {
    entry.abort.abort()
    if (entry.running) return
    waiting.splice(waiting.indexOf(id), 1)
    entry.drop()
  }

  return {
    async add(request, work) {
      const id = idOf(request)
      const known = entries.get(id)
      // It may have been downloaded since that job looked for it.
      const again = (thrown: unknown) => {
        if (!isTooLarge(thrown)) throw thrown
        return this.add(request, work)
      }
      if (known && !known.abort.signal.aborted) {
        known.request = { ...known.request, asked: known.request.asked || request.asked }
        if (request.urgent && !known.running) waiting.unshift(...waiting.splice(waiting.indexOf(id), 1))
        if (!request.asked) return known.result.catch(again)
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
    keepOnly(listing, nodes, asOf) {
      const kept = new Set(nodes)
      for (const [id, entry] of entries) {
        const { request } = entry
        const isOfThem = request.listing === listing && kept.has(request.node)
        const isKept = request.asked || (isOfThem && (asOf === undefined || asOf === request.asOf))
        if (!isKept) drop(id, entry)
      }
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

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.error.kind === 'too-large'
}

function idOf({ listing, node, asOf }: StageWish): string {
  return `${addressOf(listing, node)}:${asOf}`
}

/** Names a file or folder of a listing. */
export function addressOf(listing: number, node: number): string {
  return `${listing}:${node}`
}
