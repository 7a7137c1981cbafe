import type { AppError } from '../../shared/errors.ts'
import { readText } from './answer-body.ts'
import type { Content } from './get.ts'

const longestQuote = 200

/** What an answer to a call of the API means, when its status is not 200. Reads what the body says of it. */
export async function apiError(
  content: Content,
  options: { readonly executionId: string; readonly key: string | null },
): Promise<AppError> {
  const { executionId, key } = options
  const words = quote(await serverWords(content, key))
  if (content.status === 401 || content.status === 403)
    return { kind: 'unauthorized', message: `The API refused the key. Check it, and sign in again.${words}` }
  if (content.status === 404)
    return { kind: 'not-found', message: `Execution ${executionId} was not found. Check its id and your account.` }
  return busyError(content, words)
}

/** What an answer of storage means, when its status is not one that was asked for. The body is left unread. */
export function contentError(content: Pick<Content, 'status' | 'headers'>): AppError {
  if ([400, 401, 403, 404, 410].includes(content.status))
    return {
      kind: 'link-expired',
      status: content.status,
      message: `The link to the file no longer works (${content.status}).`,
    }
  return busyError(content, '')
}

function busyError({ status, headers }: Pick<Content, 'status' | 'headers'>, words: string): AppError {
  if (status === 429) {
    const retryAfterSeconds = parseRetryAfter(headers['retry-after'], Date.now())
    const when = retryAfterSeconds === null ? 'in a while' : `in ${waitWords(retryAfterSeconds)}`
    return { kind: 'rate-limited', retryAfterSeconds, message: `The server asks you to wait: try again ${when}.` }
  }
  if (status >= 500) {
    const message = `The server has a problem (${status}). Try again later.${words}`
    return { kind: 'server-error', status, message }
  }
  return { kind: 'bad-response', message: `The server gave an answer that was not expected (${status}).${words}` }
}

/** A time to wait in the unit that people would use, never shorter than it is: `90 seconds`, `2 hours`, `1 day`. */
export function waitWords(seconds: number): string {
  const [unit, length] = units.find(([, each]) => seconds >= 2 * each || seconds === each) ?? (['second', 1] as const)
  const format = new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.ceil(seconds / length))
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** A week. Longer waits than 24 days are beyond what a timer can hold, and it would end at once. */
const longestWait = 7 * 86_400

/** Seconds to wait, from a Retry-After header in either of its forms (RFC 9110, 10.2.3). */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  if (/^\d+$/.test(value)) return Math.min(Number(value), longestWait)
  // Date.parse takes much for a date, "-1" among it: only the three forms of HTTP begin with a day's name.
  const date = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? null : Math.min(Math.max(0, Math.ceil((date - now) / 1_000)), longestWait)
}

/** The reason that a server gave: the `message` of JSON, or plain text; an empty text where there is none. */
async function serverWords(content: Content, key: string | null): Promise<string> {
  const text = await readText(content, 64 * 1024).catch(() => '')
  const reason = reasonIn(text)
  const oneLine = reason.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  // Some servers repeat what they refuse.
  return key !== null && oneLine.includes(key) ? '' : oneLine
}

function reasonIn(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'string') return parsed
    if (typeof parsed === 'object' && parsed !== null && 'message' in parsed && typeof parsed.message === 'string')
      return parsed.message
    return ''
  } catch {
    return text.trimStart().startsWith('<') ? '' : text
  }
}

function quote(words: string): string {
  if (words === '') return ''
  return ` It said: “${words.length > longestQuote ? `${words.slice(0, longestQuote)}…` : words}”`
}
