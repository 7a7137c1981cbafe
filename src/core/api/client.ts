import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { EnvHttpProxyAgent, request } from 'undici'
import type { AppError } from '../../shared/errors.ts'
import { isExecutionId } from '../../shared/execution-reference.ts'
import { Failure, toFailure } from '../failure.ts'
import { type Connection, keyHeaders, maximumRedirects, redirectTarget, resolveDownloadUrl } from './request-policy.ts'
import { parseListing, type WireListing } from './wire.ts'

/** An answer whose body has not been read yet. */
export type Content = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable }

/** Bytes `from` to `to`, both included; to the end without `to`. */
export type ByteRange = { readonly from: number; readonly to?: number }

/** A listing on its way: the answer's status is good, its body has not been read. */
export type ListingAnswer = {
  /** The bytes as they arrive. Throws a `Failure`, also when they grow past the bound. */
  readonly body: AsyncIterable<Uint8Array>
}

export type AsteroidClient = {
  /** Asks for an execution's files, to be read as they arrive. Throws a `Failure`. */
  readonly openListing: (executionId: string, signal?: AbortSignal) => Promise<ListingAnswer>
  /** Lists an execution's files. Throws a `Failure`. */
  readonly listFiles: (executionId: string, signal?: AbortSignal) => Promise<WireListing>
  /**
   * Opens the content behind a listing's `downloadUrl`, or a part of it. Throws a `Failure`.
   *
   * Asked for a part, a server may answer 206 with it, 200 with everything, or 416 when the file ends before it; without,
   * only 200 is an answer.
   */
  readonly openContent: (downloadUrl: string, signal?: AbortSignal, range?: ByteRange) => Promise<Content>
  readonly close: () => Promise<void>
}

/** No listing is larger than this: 2 GiB of text is some three million files. It is read as it arrives, never held. */
const maximumListingBytes = 2 * 1024 ** 3
const loopbackHosts = 'localhost,127.0.0.1,[::1]'

/** Makes a client with connections of its own; it honours HTTPS_PROXY and NO_PROXY. */
export function createClient(connection: Connection): AsteroidClient {
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, loopbackHosts].filter(Boolean).join(',')
  const dispatcher = new EnvHttpProxyAgent({
    noProxy,
    allowH2: false,
    connect: { timeout: 20_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  })

  async function get(first: URL, signal: AbortSignal | undefined, range?: ByteRange): Promise<Content> {
    let url = first
    const rangeHeaders = range ? { range: `bytes=${range.from}-${range.to ?? ''}` } : {}
    for (let hop = 0; hop <= maximumRedirects; hop += 1) {
      const { statusCode, headers, body } = await request(url, {
        dispatcher,
        signal: signal ?? null,
        headers: {
          'accept-encoding': 'identity',
          'user-agent': 'asteroid-files',
          ...rangeHeaders,
          ...keyHeaders(connection, url),
        },
      })
      const location = headers.location
      if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string')
        return { status: statusCode, headers, body }
      await body.dump()
      url = redirectTarget(url, location)
    }
    throw new Failure({ kind: 'unsafe-url', message: `A link led on more than ${maximumRedirects} times.` })
  }

  async function openListing(executionId: string, signal?: AbortSignal): Promise<ListingAnswer> {
    if (!isExecutionId(executionId))
      throw new Failure({ kind: 'invalid-input', message: `“${executionId}” is not the id of an execution.` })
    return failing(async () => {
      const url = new URL(`${connection.base.href.replace(/\/+$/, '')}/executions/${executionId.toLowerCase()}/files`)
      const { status, headers, body } = await get(url, signal)
      if (status === 200) return { body: bounded(body) }
      body.resume()
      throw new Failure(listingError(status, headers, executionId, connection.key !== null))
    })
  }

  return {
    openListing,
    async listFiles(executionId, signal) {
      const { body } = await openListing(executionId, signal)
      const parts: Uint8Array[] = []
      for await (const part of body) parts.push(part)
      return parseListing(Buffer.concat(parts).toString('utf8'))
    },
    async openContent(downloadUrl, signal, range) {
      return failing(async () => {
        const content = await get(resolveDownloadUrl(connection, downloadUrl), signal, range)
        if (content.status === 200 || (range && (content.status === 206 || content.status === 416))) return content
        content.body.resume()
        throw new Failure(contentError(content))
      })
    },
    close: () => dispatcher.destroy(),
  }
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

async function* bounded(body: Readable): AsyncGenerator<Uint8Array> {
  let length = 0
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      length += part.length
      if (length > maximumListingBytes) throw new Failure({ kind: 'too-large', message: 'The listing is too large.' })
      yield part
    }
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

function listingError(status: number, headers: IncomingHttpHeaders, executionId: string, hadKey: boolean): AppError {
  if (status === 401 || status === 403)
    return hadKey
      ? { kind: 'unauthorized', message: 'The API refused the key. Check it, and sign in again.' }
      : { kind: 'key-missing', message: 'There is no key yet. Sign in with your API key.' }
  if (status === 404)
    return { kind: 'not-found', message: `Execution ${executionId} was not found. Check its id and your account.` }
  return busyError(status, headers)
}

function contentError({ status, headers }: Content): AppError {
  if ([400, 401, 403, 404, 410].includes(status))
    return { kind: 'link-expired', status, message: `The link to the file no longer works (${status}).` }
  return busyError(status, headers)
}

function busyError(status: number, headers: IncomingHttpHeaders): AppError {
  if (status === 429) {
    const retryAfterSeconds = parseRetryAfter(headers['retry-after'], Date.now())
    const when = retryAfterSeconds === null ? 'in a while' : `in ${retryAfterSeconds} seconds`
    return { kind: 'rate-limited', retryAfterSeconds, message: `The server asks for patience: try again ${when}.` }
  }
  if (status >= 500)
    return { kind: 'server-error', status, message: `The server has a fault of its own (${status}). Try again later.` }
  return { kind: 'bad-response', message: `The server gave an answer that was not expected (${status}).` }
}

/** Seconds to wait, from a Retry-After header in either of its forms (RFC 9110, 10.2.3). */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  if (/^\d+$/.test(value)) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000))
}
