import { randomUUID } from 'node:crypto'
import type { Connection } from '../../api/request-policy.ts'
import { createAddresses } from '../http/address.ts'
import type { ConnectionLimits } from '../http/connection.ts'
import { createConnectionPool } from '../http/connection-pool.ts'
import { createBandwidth } from './bandwidth.ts'
import { createFetch, type Fetch } from './fetch-file.ts'
import { createFolders } from './folders.ts'
import type { MarkFromInternet } from './internet-mark.ts'
import { createLanding } from './landing.ts'
import { createMakings } from './makings.ts'
import type { FetchEnd, FetchJob, Held, PumpNews, PumpOrder } from './messages.ts'

export type PumpOptions = {
  readonly limits: ConnectionLimits
  readonly mark: MarkFromInternet
  readonly tell: (news: PumpNews) => void
}

const progressEveryMilliseconds = 100
const tellWithinMilliseconds = 2
const enoughToTell = 8

/**
 * Brings files: takes orders, makes attempts, and tells how they go. It blocks while it writes, so it runs in a thread of
 * its own; it decides nothing about order, retries or names taken.
 */
export function createPump({ limits, mark, tell }: PumpOptions): { readonly take: (order: PumpOrder) => void } {
  const pool = createConnectionPool(limits)
  const folders = createFolders()
  const landing = createLanding(mark)
  const makings = createMakings()
  const bandwidth = createBandwidth()
  const addressOfLink = createAddresses()
  const connections = new Map<number, Connection>()
  const fetches = new Map<number, Fetch>()
  const told = new Map<number, number>()
  let held: (readonly [number, Held, boolean])[] = []
  let received = new Set<number>()
  let landed: number[] = []
  let ended: (readonly [number, FetchEnd])[] = []
  let faults: string[] = []
  let telling: 'not' | 'later' | 'soon' = 'not'
  let progress: NodeJS.Timeout | undefined

  /** A message costs both threads about as much as a small file does: it is better for several. */
  function tellLater(): void {
    if (received.size + landed.length + ended.length >= enoughToTell) tellSoon()
    else if (telling === 'not') {
      telling = 'later'
      setTimeout(() => telling === 'later' && tellNow(), tellWithinMilliseconds)
    }
  }
  function tellSoon(): void {
    if (telling === 'soon') return
    telling = 'soon'
    setImmediate(tellNow)
  }
  function tellNow(): void {
    telling = 'not'
    const news = { held, received: [...received], landed, ended, faults }
    faults = []
    held = []
    received = new Set()
    landed = []
    ended = []
    tell(news)
  }

  function tellProgress(): void {
    for (const [job, fetch] of fetches) {
      const now = fetch.held()
      if (now.bytes === told.get(job)) continue
      told.set(job, now.bytes)
      held.push([job, now, false])
    }
    if (held.length > 0) tellSoon()
  }

  function unexpected(thrown: unknown): FetchEnd {
    const reference = randomUUID().slice(0, 8)
    faults.push(`${reference} ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
    const message = `Something went wrong that should not have. The log tells more under ${reference}.`
    return { end: 'failed', error: { kind: 'unexpected', message, reference }, held: null, retryAfterSeconds: null }
  }

  function start(job: FetchJob): void {
    const connection = connections.get(job.connection)
    if (!connection) throw new Error(`No connection ${job.connection} was named.`)
    const fetch = createFetch(job, connection, {
      addressOfLink,
      pool,
      folders,
      landing,
      makings,
      onReceived() {
        received.add(job.job)
        tellLater()
      },
      onSynced(bytes) {
        held.push([job.job, bytes, true])
        tellSoon()
      },
      whenFree: bandwidth.whenFree,
      onBytes: bandwidth.count,
      unexpected,
      onEnd(end) {
        fetches.delete(job.job)
        told.delete(job.job)
        if (fetches.size === 0) {
          clearInterval(progress)
          progress = undefined
          makings.close()
        }
        // That it was received tells nothing more.
        received.delete(job.job)
        if (isAsWanted(end, job, fetch.wanted)) landed.push(job.job)
        else ended.push([job.job, end])
        tellLater()
      },
    })
    fetches.set(job.job, fetch)
    progress ??= setInterval(tellProgress, progressEveryMilliseconds)
    fetch.begin()
  }

  return {
    take(order) {
      switch (order.order) {
        case 'connect':
          connections.set(order.connection, { base: new URL(order.base), key: order.key })
          break
        case 'fetch':
          for (const job of order.jobs) start(job)
          break
        case 'stop':
          fetches.get(order.job)?.stop(order.keepPart)
          break
        case 'limit':
          bandwidth.setLimit(order.bytesPerSecond)
          break
      }
    },
  }
}

function isAsWanted(end: FetchEnd, { size }: FetchJob, wanted: string): boolean {
  return end.end === 'landed' && end.place === wanted && end.state === null && end.received === size
}
