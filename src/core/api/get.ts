import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { type Dispatcher, request } from 'undici'
import { Failure, toFailure } from '../failure.ts'
import { type Connection, keyHeaders, maximumRedirects, redirectTarget } from './request-policy.ts'

/** An answer whose body has not been read yet. */
export type Content = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable }

export type Get = (
  url: URL,
  options?: { readonly signal?: AbortSignal | undefined; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Content>

/**
 * Makes the one function that sends a request: it follows redirects by hand, and decides anew at every hop whether the
 * key may go along. Any status but a redirect is an answer. Throws a `Failure`.
 */
export function createGet(connection: Connection, dispatcher: Dispatcher): Get {
  return async (first, { signal, headers: wanted } = {}) => {
    try {
      let url = first
      for (let hop = 0; hop <= maximumRedirects; hop += 1) {
        const { statusCode, headers, body } = await request(url, {
          dispatcher,
          signal: signal ?? null,
          headers: {
            'accept-encoding': 'identity',
            'user-agent': 'asteroid-files',
            ...wanted,
            ...keyHeaders(connection, url),
          },
        })
        const { location } = headers
        if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string')
          return { status: statusCode, headers, body }
        await body.dump()
        url = redirectTarget(url, location)
      }
    } catch (thrown) {
      throw toFailure(thrown)
    }
    throw new Failure({ kind: 'unsafe-url', message: `A link redirected more than ${maximumRedirects} times.` })
  }
}

/** Ends an answer whose body nobody wants, without reading it to its end. */
export function discard({ body }: Content): void {
  // An unread body reports its own end as a fault.
  body.on('error', () => {})
  body.destroy()
}
