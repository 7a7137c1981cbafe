import type { Address } from './address.ts'
import {
  type ConnectionLimits,
  connect,
  type Exchange,
  type ExchangeHandlers,
  type HttpConnection,
} from './connection.ts'

export type ConnectionPool = {
  /** Sends a GET on a free connection to the origin, or on a new one. Headers must be plain ASCII. */
  readonly get: (address: Address, headers: Readonly<Record<string, string>>, handlers: ExchangeHandlers) => Exchange
  readonly close: () => void
}

/** Keeps connections for the next request to the same origin; servers close those that idle. */
export function createConnectionPool(limits: ConnectionLimits): ConnectionPool {
  const idle = new Map<string, HttpConnection[]>()
  const all = new Set<HttpConnection>()

  function takeIdle(origin: string): HttpConnection | null {
    const waiting = idle.get(origin)
    for (let connection = waiting?.pop(); connection; connection = waiting?.pop()) {
      if (connection.isFree()) return connection
      all.delete(connection)
    }
    return null
  }

  async function open(url: URL): Promise<HttpConnection> {
    const connection = await connect(url, limits)
    all.add(connection)
    return connection
  }

  function release(origin: string, connection: HttpConnection): void {
    if (!connection.isFree()) {
      all.delete(connection)
      return
    }
    const waiting = idle.get(origin)
    if (waiting) waiting.push(connection)
    else idle.set(origin, [connection])
  }

  return {
    get(address, headers, handlers) {
      const request = requestText(address, headers)
      const { origin } = address
      let connection: HttpConnection | null = null
      let isKept = false
      let isAborted = false
      let isOver = false
      const exchange = { onHead: handlers.onHead, onBody: handlers.onBody, onEnd: onAnswered }

      function begin(): void {
        const kept = takeIdle(origin)
        isKept = kept !== null
        if (kept) use(kept)
        else beginFresh()
      }
      function beginFresh(): void {
        isKept = false
        open(address.url()).then(useFresh).catch(end)
      }
      function useFresh(fresh: HttpConnection): void {
        if (isAborted) release(origin, fresh)
        else use(fresh)
      }
      function use(mine: HttpConnection): void {
        connection = mine
        mine.exchange(request, exchange)
      }
      function onAnswered(thrown?: unknown): void {
        const mine = connection
        connection = null
        if (!mine) return
        if (thrown === undefined) release(origin, mine)
        else all.delete(mine)
        // The server had closed a connection that idled: nothing was lost, so ask once more on a new one.
        if (thrown !== undefined && isKept && mine.wasClosedSilently() && !isAborted) beginFresh()
        else end(thrown)
      }
      function end(thrown?: unknown): void {
        if (isOver) return
        isOver = true
        handlers.onEnd(thrown)
      }

      begin()
      return {
        abort(reason) {
          isAborted = true
          if (connection) connection.abort(exchange, reason)
          // A connection still on its way is not waited for; it is kept for the next request.
          else end(reason)
        },
        pause: () => connection?.pause(exchange),
        resume: () => connection?.resume(exchange),
      }
    },
    close() {
      for (const connection of all) connection.close()
      idle.clear()
      all.clear()
    },
  }
}

/** Most requests have the very same headers: what these come to is worked out once. */
const headerTexts = new WeakMap<Readonly<Record<string, string>>, string>()

function requestText({ host, path }: Address, headers: Readonly<Record<string, string>>): string {
  let text = headerTexts.get(headers)
  if (text === undefined) {
    text = headerText(headers)
    headerTexts.set(headers, text)
  }
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${text}\r\n`
}

function headerText(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    if (!/^[\u0020-\u007e]*$/.test(value)) throw new Error(`The header ${name} holds what no header may.`)
    return `${name}: ${value}\r\n`
  })
  return lines.join('')
}
