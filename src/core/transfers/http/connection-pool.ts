import {
  type ConnectionLimits,
  connect,
  type Exchange,
  type ExchangeHandlers,
  type HttpConnection,
} from './connection.ts'

export type PooledExchange = Exchange & {
  /** Settles when the answer is complete; rejects when it can't be. */
  readonly done: Promise<void>
}

export type ConnectionPool = {
  /** Sends a GET on a free connection to the URL's origin, or on a new one. Headers must be plain ASCII. */
  readonly get: (url: URL, headers: Readonly<Record<string, string>>, handlers: ExchangeHandlers) => PooledExchange
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
    get(url, headers, handlers) {
      const request = requestText(url, headers)
      const { origin } = url
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      let exchange: Exchange | null = null
      let isAborted = false

      function begin(): void {
        const kept = takeIdle(origin)
        if (kept) use(kept, true)
        else beginFresh()
      }
      function beginFresh(): void {
        open(url).then(useFresh).catch(reject)
      }
      function useFresh(fresh: HttpConnection): void {
        if (isAborted) release(origin, fresh)
        else use(fresh, false)
      }
      function use(connection: HttpConnection, isKept: boolean): void {
        exchange = connection.exchange(request, handlers, (thrown) => {
          if (thrown === undefined) {
            release(origin, connection)
            resolve()
            return
          }
          all.delete(connection)
          // The server had closed a connection that idled: nothing was lost, so ask once more on a new one.
          if (isKept && connection.wasClosedSilently() && !isAborted) beginFresh()
          else reject(thrown)
        })
      }

      begin()
      return {
        done: promise,
        abort(reason) {
          isAborted = true
          exchange?.abort(reason)
          // A connection still on its way is not waited for; it is kept for the next request.
          reject(reason)
        },
        pause: () => exchange?.pause(),
        resume: () => exchange?.resume(),
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

function requestText(url: URL, headers: Readonly<Record<string, string>>): string {
  let text = headerTexts.get(headers)
  if (text === undefined) {
    text = headerText(headers)
    headerTexts.set(headers, text)
  }
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${text}\r\n`
}

function headerText(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    if (!/^[\u0020-\u007e]*$/.test(value)) throw new Error(`The header ${name} holds what no header may.`)
    return `${name}: ${value}\r\n`
  })
  return lines.join('')
}
