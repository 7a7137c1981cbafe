import { contentError, parseRetryAfter } from '../../api/answer-error.ts'
import { Failure } from '../../failure.ts'
import type { ResponseHead } from '../http/response-parser.ts'
import { strongValidator } from '../http/validator.ts'
import { type Digest, digestFrom } from './digests.ts'
import type { FetchJob } from './messages.ts'

/** What to do with an answer, told from its head. */
export type AnswerPlan =
  | { readonly plan: 'redirect'; readonly location: string }
  | {
      readonly plan: 'take'
      /** Where in the file the body begins: 0, or as many bytes as are held. */
      readonly at: number
      /** Bytes of the whole file; null when nobody said. */
      readonly expected: number | null
      readonly validator: string | null
      readonly digest: Digest | null
      /** How the body is packed, when that must be undone. */
      readonly coding: string | null
    }
  /** The part file already holds everything. */
  | { readonly plan: 'complete' }
  /** What is held can't be gone on from: ask for the whole. */
  | { readonly plan: 'start-again' }
  | { readonly plan: 'fail'; readonly failure: Failure; readonly retryAfterSeconds: number | null }

/** Judges the head of an answer to a request for all of a file, or for what comes after `heldBytes`. */
export function planAnswer(head: ResponseHead, job: FetchJob, heldBytes: number, validator: string | null): AnswerPlan {
  const { status, headers } = head
  const location = headers.get('location')
  if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) return { plan: 'redirect', location }
  if (status === 200) return takeWhole(head, job)
  if (heldBytes > 0 && status === 206) return takeRest(head, job, heldBytes, validator)
  if (heldBytes > 0 && status === 416) {
    const total = /^bytes \*\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
    const isAll = Number(total) === heldBytes && (job.size === null || job.size === heldBytes)
    return { plan: isAll ? 'complete' : 'start-again' }
  }
  const retryAfter = headers.get('retry-after')
  const failure = new Failure(contentError({ status, headers: { 'retry-after': retryAfter } }))
  return { plan: 'fail', failure, retryAfterSeconds: parseRetryAfter(retryAfter, Date.now()) }
}

function takeWhole({ headers }: ResponseHead, job: FetchJob): AnswerPlan {
  const length = headers.has('content-length') ? Number(headers.get('content-length')) : null
  const named = headers.get('content-encoding')?.toLowerCase() ?? 'identity'
  // Where the listed size is that of the packed bytes, the packed bytes are the file: a .tar.gz that a server labels so.
  const coding = named === 'identity' || named === '' || (length !== null && length === job.size) ? null : named
  if (coding === null && length !== null && job.size !== null && length !== job.size) {
    const failure = isErrorPage(headers, job) ? errorPage(job) : wrongSize(job, length)
    return { plan: 'fail', failure, retryAfterSeconds: null }
  }
  return {
    plan: 'take',
    at: 0,
    expected: job.size ?? (coding === null ? length : null),
    validator: coding === null ? strongValidator(headers) : null,
    digest: coding === null ? digestFrom(headers, true) : null,
    coding,
  }
}

function takeRest({ headers }: ResponseHead, job: FetchJob, held: number, validator: string | null): AnswerPlan {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')
  const [from, to] = [Number(range?.[1]), Number(range?.[2])]
  const total = range?.[3] === '*' || range?.[3] === undefined ? null : Number(range[3])
  const expected = job.size ?? total
  const isRest = from === held && to >= from && (total === null || to === total - 1)
  const fresh = strongValidator(headers)
  const isSame = fresh === null || fresh === validator
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity'
  if (!isRest || !isSame || !isPlain || (expected !== null && to !== expected - 1)) return { plan: 'start-again' }
  return { plan: 'take', at: held, expected: to + 1, validator, digest: digestFrom(headers, false), coding: null }
}

/** A page that says what went wrong, sent as if it were the file. */
function isErrorPage(headers: ReadonlyMap<string, string>, job: FetchJob): boolean {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^(text\/html|text\/xml|application\/xml|application\/json)$/.test(type) && type !== job.mimeType
}

function errorPage({ path }: FetchJob): Failure {
  const message = `The server sent a page instead of “${path}”. It was not kept.`
  return new Failure({ kind: 'link-expired', status: 200, message })
}

/** A file came with another size than expected. */
export function wrongSize({ path, size }: FetchJob, received: number): Failure {
  const expected = size === null ? '' : ` where ${size} were expected`
  const message = `“${path}” came with ${received} bytes${expected}. It was not kept.`
  return new Failure({ kind: 'wrong-size', message })
}
