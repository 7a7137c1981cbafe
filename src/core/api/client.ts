import type { AppError } from '../../shared/errors.ts'
import { isExecutionId } from '../../shared/execution-reference.ts'
import type { ExecutionInfo } from '../../shared/models/execution.ts'
import { Failure } from '../failure.ts'
import { type Logger, silentLogger } from '../log/logger.ts'
import { acceptedEncodings, readBody, readText } from './answer-body.ts'
import { apiError, contentError } from './answer-error.ts'
import { createDispatcher, defaultTimeouts, type Timeouts } from './dispatcher.ts'
import { type ExecutionPage, parseExecution, parseExecutions } from './executions.ts'
import { type Content, createGet, discard } from './get.ts'
import { createListingParser, type WireListing } from './listing-parser.ts'
import { type Connection, resolveDownloadUrl } from './request-policy.ts'
import type { WireFile } from './wire.ts'

/** Bytes `from` to `to`, both included; to the end without `to`. */
export type ByteRange = { readonly from: number; readonly to?: number }

/** A listing on its way: the answer's status is good, its body has not been read. */
export type ListingAnswer = {
  /** The bytes as they arrive. Throws a `Failure`, also when they grow past the bound. */
  readonly body: AsyncIterable<Uint8Array>
}

/** What the API thinks of the key: `unknown` where it could not be asked, or its answer tells nothing. */
export type KeyCheck = 'accepted' | 'refused' | 'unknown'

export type AsteroidClient = {
  /** For those that fetch with sockets of their own; the rules of `request-policy.ts` say where the key may go. */
  readonly connection: Connection
  /** Asks for an execution's files, to be read as they arrive. Throws a `Failure`; `key-missing` before anything is asked. */
  readonly openListing: (executionId: string, signal?: AbortSignal) => Promise<ListingAnswer>
  /** Lists an execution's files. Throws a `Failure`. */
  readonly listFiles: (executionId: string, signal?: AbortSignal) => Promise<WireListing>
  /** What is known of an execution; null where the API does not tell. Optional, so it never throws. */
  readonly getExecution: (executionId: string, signal?: AbortSignal) => Promise<ExecutionInfo | null>
  /** Executions, newest first, from page 1; null where the API does not tell. Optional, so it never throws. */
  readonly listExecutions: (
    page: { readonly page: number; readonly pageSize: number },
    signal?: AbortSignal,
  ) => Promise<ExecutionPage | null>
  /** Tries the key. Never throws. */
  readonly checkKey: (signal?: AbortSignal) => Promise<KeyCheck>
  /**
   * Opens the content behind a listing's `downloadUrl`, or a part of it. Throws a `Failure`.
   *
   * Asked for a part, a server may answer 206 with it, 200 with everything, or 416 when the file ends before it; without,
   * only 200 is an answer.
   */
  readonly openContent: (downloadUrl: string, signal?: AbortSignal, range?: ByteRange) => Promise<Content>
  readonly close: () => Promise<void>
}

export type ClientOptions = {
  /** Where proxies and certificates are read from. */
  readonly environment?: NodeJS.ProcessEnv
  readonly timeouts?: Timeouts
  /** No listing may have more bytes: 2 GiB is some three million files. It is read as it arrives, never held. */
  readonly maximumListingBytes?: number
  readonly log?: Logger
}

const maximumSmallAnswer = 4 * 1024 * 1024
/** A UUID that no execution has: asking for it tells whether the API is there and what it thinks of the key, and nothing else. */
export const noExecution = '00000000-0000-4000-8000-000000000000'

const noKey: AppError = { kind: 'key-missing', message: 'There is no key yet. Sign in with your API key.' }

/** Makes a client with connections of its own. Throws `invalid-input` when the environment's proxy makes no sense. */
export function createClient(connection: Connection, options: ClientOptions = {}): AsteroidClient {
  const { environment = process.env, timeouts = defaultTimeouts, log = silentLogger } = options
  const { maximumListingBytes = 2 * 1024 ** 3 } = options
  const dispatcher = createDispatcher(environment, timeouts)
  const get = createGet(connection, dispatcher)
  const toldMissing = new Set<string>()

  const call = (path: string, signal: AbortSignal | undefined): Promise<Content> => {
    const url = new URL(`${connection.base.href.replace(/\/+$/, '')}/${path}`)
    return get(url, { signal, headers: { accept: 'application/json', 'accept-encoding': acceptedEncodings } })
  }

  async function openListing(executionId: string, signal?: AbortSignal): Promise<ListingAnswer> {
    if (!isExecutionId(executionId))
      throw new Failure({ kind: 'invalid-input', message: `“${executionId}” is not the id of an execution.` })
    if (connection.key === null) throw new Failure(noKey)
    const content = await call(`executions/${executionId.toLowerCase()}/files`, signal)
    if (content.status === 200) return { body: readBody(content, maximumListingBytes) }
    throw new Failure(await apiError(content, { executionId, key: connection.key }))
  }

  /** A call that not every API has: whatever goes wrong, the answer is null, and the log hears of it once. */
  async function optional<T>(
    name: string,
    path: string,
    signal: AbortSignal | undefined,
    parse: (text: string) => T | null,
  ): Promise<T | null> {
    const without = (why: AppError['kind'] | number) => {
      if (why !== 'cancelled' && !toldMissing.has(name))
        log.info('The API does without an optional call.', { name, why })
      if (why !== 'cancelled') toldMissing.add(name)
      return null
    }
    if (connection.key === null) return null
    try {
      const content = await call(path, signal)
      if (content.status !== 200) {
        discard(content)
        return without(content.status)
      }
      return parse(await readText(content, maximumSmallAnswer)) ?? without('bad-response')
    } catch (thrown) {
      return without(thrown instanceof Failure ? thrown.error.kind : 'unexpected')
    }
  }

  async function statusOf(path: string, signal: AbortSignal | undefined): Promise<number | null> {
    try {
      const content = await call(path, signal)
      discard(content)
      return content.status
    } catch {
      return null
    }
  }

  return {
    connection,
    openListing,
    async listFiles(executionId, signal) {
      const { body } = await openListing(executionId, signal)
      const files: WireFile[] = []
      const parser = createListingParser((file) => files.push(file))
      for await (const part of body) parser.push(part)
      return { files, ...parser.end() }
    },
    async getExecution(executionId, signal) {
      const path = `executions/${encodeURIComponent(executionId.toLowerCase())}`
      const execution = await optional('GET /executions/{executionId}', path, signal, parseExecution)
      return execution?.info ?? null
    },
    listExecutions({ page, pageSize }, signal) {
      const query = `executions?page=${page}&pageSize=${pageSize}&sortField=created_at&sortDirection=desc`
      return optional('GET /executions', query, signal, parseExecutions)
    },
    async checkKey(signal) {
      const status = await statusOf(`executions/${noExecution}/files`, signal)
      if (status === 401) return 'refused'
      if (status === 404 || status === 200) return 'accepted'
      if (status !== 403) return 'unknown'
      // Some servers forbid what does not exist: a call about nothing in particular then tells the two apart.
      const other = await statusOf('executions?page=1&pageSize=1', signal)
      if (other === 401 || other === 403) return 'refused'
      return other === 200 ? 'accepted' : 'unknown'
    },
    async openContent(downloadUrl, signal, range) {
      const headers = range ? { range: `bytes=${range.from}-${range.to ?? ''}` } : {}
      const content = await get(resolveDownloadUrl(connection, downloadUrl), { signal, headers })
      if (content.status === 200 || (range && (content.status === 206 || content.status === 416))) return content
      discard(content)
      throw new Failure(contentError(content))
    },
    close: () => dispatcher.destroy(),
  }
}
