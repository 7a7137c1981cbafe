import {
  type ConnectionLimits,
  connect,
  type Exchange,
  type ExchangeHandlers,
  type HttpConnection,
} from './connection.ts'

export type ConnectionPool = {
  /** Sends a GET on a free connection to the URL's origin, or on a new one. Headers must be plain ASCII. */
  readonly get: (url: URL, headers: Readonly<Record<string, string>>, handlers: ExchangeHandlers) => Exchange
  readonly close: () => void
}

/** Keeps connections for the next request to the same origin; servers close those that idle. */
export function createConnectionPool(limits: ConnectionLimits): ConnectionPool {
  const idle = new Map<string, HttpConnection[]>()
  const all = new Set<HttpConnection>()

  function takeIdle(url: URL): HttpConnection | null {
    const waiting = idle.get(url.origin) ?? []
    for (let connection = waiting.pop(); connection; connection = waiting.pop()) {
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

  function release(url: URL, connection: HttpConnection): void {
    if (!connection.isFree()) {
      all.delete(connection)
      return
    }
    const waiting = idle.get(url.origin)
    if (waiting) waiting.push(connection)
    else idle.set(url.origin, [connection])
  }

  return {
    get(url, headers, handlers) {
      const request = requestText(url, headers)
      let exchange: Exchange | null = null
      let aborted: { readonly reason: unknown } | null = null

      async function run(): Promise<void> {
        for (;;) {
          const kept = takeIdle(url)
          const connection = kept ?? (await open(url))
          if (aborted) return release(url, connection)
          exchange = connection.exchange(request, handlers)
          try {
            await exchange.done
            release(url, connection)
            return
          } catch (thrown) {
            all.delete(connection)
            // The server had closed a connection that idled: nothing was lost, so ask again on a new one.
            if (kept && connection.failedSilently() && !aborted) continue
            throw thrown
          }
        }
      }

      const { promise, resolve, reject } = Promise.withResolvers<void>()
      run().then(resolve, reject)
      return {
        done: promise,
        abort(reason) {
          aborted = { reason }
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

function requestText(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`]
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\u0020-\u007e]*$/.test(value)) throw new Error(`The header ${name} holds what no header may.`)
    lines.push(`${name}: ${value}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}
