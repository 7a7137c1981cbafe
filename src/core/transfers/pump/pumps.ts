import type { Worker } from 'node:worker_threads'
import type { AppError } from '../../../shared/errors.ts'
import type { Connection } from '../../api/request-policy.ts'
import type { Logger } from '../../log/logger.ts'
import { unexpected } from '../../log/unexpected.ts'
import type { ConnectionLimits } from '../http/connection.ts'
import { createFolderPath } from './folder-path.ts'
import type { FetchEnd, FetchJob, FetchRequest, Held, PumpNews, PumpOrder } from './messages.ts'
import { type PumpThread, startPumpThread } from './pump-thread.ts'
import { keepHeapsSmall } from './small-heaps.ts'

export type FetchListener = {
  readonly onHeld: (held: Held, synced: boolean) => void
  readonly onReceived: () => void
  readonly onEnd: (end: FetchEnd) => void
}

/** The threads that fetch. */
export type Pumps = {
  /** Starts an attempt in the thread that has the least to do; answers how to stop it. */
  readonly fetch: (
    connection: Connection,
    request: FetchRequest,
    listener: FetchListener,
  ) => { readonly stop: (keepPart: boolean) => void }
  /** Bytes a second for all together; null for no limit. */
  readonly setLimit: (bytesPerSecond: number | null) => void
  readonly close: () => Promise<void>
}

/** An attempt under way, and what its part file was last told to hold. */
type Attempt = { readonly request: FetchRequest; readonly listener: FetchListener; held: Held | null }

type Pump = {
  readonly worker: Worker
  readonly letHeapsGrow: () => void
  readonly attempts: Map<number, Attempt>
  readonly known: Map<string, number>
  /** Most often one follows another of the same. */
  last: { readonly connection: Connection; readonly number: number } | null
  waiting: FetchJob[]
  idle: NodeJS.Timeout | undefined
}

const idleMilliseconds = 10_000

/** Starts up to `count` threads, each when there is work for it, and ends those that idle. */
export function createPumps(options: {
  readonly entry: URL
  readonly count: number
  readonly limits: ConnectionLimits
  readonly log: Logger
  /** One that was started ahead, with the same limits; it is used first, and ended with the others. */
  readonly ahead?: PumpThread | undefined
}): Pumps {
  const { entry, count, limits, log } = options
  let { ahead } = options
  let pumps: Pump[] = []
  const folderPath = createFolderPath()
  let lastJob = 0
  let limit: number | null = null

  function takeAhead(): PumpThread | null {
    const thread = ahead
    ahead = undefined
    return thread && !thread.hasEnded() ? thread : null
  }

  function open(): Pump {
    const letHeapsGrow = keepHeapsSmall()
    const { worker } = takeAhead() ?? startPumpThread(entry, limits)
    worker.ref()
    const pump: Pump = {
      worker,
      letHeapsGrow,
      attempts: new Map(),
      known: new Map(),
      last: null,
      waiting: [],
      idle: undefined,
    }
    worker.on('message', (news: PumpNews) => hear(pump, news))
    let fault: unknown = new Error('The thread ended without a reason.')
    worker.on('error', (error) => {
      fault = error
      takeOut(pump)
    })
    // Only then nothing writes any more, and all that it told has been heard.
    worker.on('exit', () => {
      takeOut(pump)
      if (pump.attempts.size > 0) lose(pump, unexpected(log, 'A transfer thread ended', fault))
    })
    pumps.push(pump)
    shareLimit()
    return pump
  }

  function hear(pump: Pump, { held, received, landed, ended, faults }: PumpNews): void {
    for (const [job, bytes, synced] of held) {
      const attempt = pump.attempts.get(job)
      if (!attempt) continue
      attempt.held = bytes
      attempt.listener.onHeld(bytes, synced)
    }
    for (const job of received) pump.attempts.get(job)?.listener.onReceived()
    for (const fault of faults) log.error('A transfer met a fault.', { fault })
    for (const job of landed) onEnd(pump, job, asWanted)
    for (const [job, end] of ended) onEnd(pump, job, () => end)
    if (pump.attempts.size === 0) pump.idle ??= setTimeout(() => void retire(pump), idleMilliseconds).unref()
  }

  function onEnd(pump: Pump, job: number, endOf: (request: FetchRequest) => FetchEnd): void {
    const attempt = pump.attempts.get(job)
    pump.attempts.delete(job)
    attempt?.listener.onEnd(endOf(attempt.request))
  }

  function asWanted({ folder, names, size }: FetchRequest): FetchEnd {
    const place = folderPath(folder, names) + (names.at(-1) ?? '')
    return { end: 'landed', place, state: null, received: size ?? 0 }
  }

  /** Gives it nothing more to do. */
  function takeOut(pump: Pump): void {
    if (!pumps.includes(pump)) return
    pumps = pumps.filter((each) => each !== pump)
    clearTimeout(pump.idle)
    shareLimit()
    pump.letHeapsGrow()
  }

  function lose(pump: Pump, error: AppError): void {
    const lost = [...pump.attempts.values()]
    pump.attempts.clear()
    for (const { listener, held } of lost) listener.onEnd({ end: 'lost', error, held })
  }

  async function retire(pump: Pump): Promise<void> {
    takeOut(pump)
    await pump.worker.terminate()
  }

  function shareLimit(): void {
    const bytesPerSecond = limit === null ? null : limit / Math.max(1, pumps.length)
    for (const { worker } of pumps) order(worker, { order: 'limit', bytesPerSecond })
  }

  function leastBusy(): Pump {
    const least = pumps.reduce<Pump | null>(
      (best, each) => (best && best.attempts.size <= each.attempts.size ? best : each),
      null,
    )
    return least && (least.attempts.size === 0 || pumps.length >= count) ? least : open()
  }

  function sendWaiting(pump: Pump): void {
    order(pump.worker, { order: 'fetch', jobs: pump.waiting })
    pump.waiting = []
  }

  function stop(pump: Pump, job: number, keepPart: boolean): void {
    order(pump.worker, { order: 'stop', job, keepPart })
  }

  function connectionNumber(pump: Pump, connection: Connection): number {
    if (pump.last?.connection === connection) return pump.last.number
    const { base, key } = connection
    const name = JSON.stringify([base.href, key])
    const number = pump.known.get(name) ?? pump.known.size + 1
    if (!pump.known.has(name)) order(pump.worker, { order: 'connect', connection: number, base: base.href, key })
    pump.known.set(name, number)
    pump.last = { connection, number }
    return number
  }

  return {
    fetch(connection, request, listener) {
      const pump = leastBusy()
      clearTimeout(pump.idle)
      pump.idle = undefined
      lastJob += 1
      const job = lastJob
      pump.attempts.set(job, { request, listener, held: request.held ?? null })
      // Jobs that start in one turn go over in one message, after the journal has named their part files.
      if (pump.waiting.length === 0) setImmediate(() => sendWaiting(pump))
      pump.waiting.push({ ...request, job, connection: connectionNumber(pump, connection) })
      return {
        stop(keepPart) {
          // A thread does not know what it was not yet told to fetch: that goes over at the end of the turn, and this after it.
          if (pump.waiting.some((each) => each.job === job)) setImmediate(() => stop(pump, job, keepPart))
          else stop(pump, job, keepPart)
        },
      }
    },
    setLimit(bytesPerSecond) {
      limit = bytesPerSecond
      shareLimit()
    },
    async close() {
      await Promise.all([...pumps.map(retire), takeAhead()?.worker.terminate()])
    },
  }
}

function order(worker: Worker, message: PumpOrder): void {
  worker.postMessage(message)
}
