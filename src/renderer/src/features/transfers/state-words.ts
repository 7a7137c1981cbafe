import { assertNever } from '../../../../shared/assert-never.ts'
import type { Batch, Transfer, TransferState } from '../../../../shared/models/transfer.ts'
import { formatCount } from '../../format/count.ts'
import { visibleName } from '../../format/name.ts'
import { formatNumber, formatSize, formatSpeed } from '../../format/size.ts'
import { formatClock, formatTimeLeft, formatWait } from '../../format/time.ts'

type Waiting = Extract<TransferState, { state: 'waiting' }>

const clockFrom = 90_000

export type Tone = 'running' | 'still' | 'good' | 'bad'

export function toneOf({ state }: TransferState): Tone {
  switch (state) {
    case 'running':
    case 'verifying':
      return 'running'
    case 'done':
      return 'good'
    case 'failed':
      return 'bad'
    case 'queued':
    case 'paused':
    case 'waiting':
    case 'cancelled':
      return 'still'
    default:
      return assertNever(state)
  }
}

/** What a batch is at, in one line. */
export function batchWords(batch: Batch, now: number): string {
  const { status } = batch
  const part = partWords(batch)
  const files = batch.fileCount > 1 ? `${formatNumber(batch.doneCount)} of ${formatCount(batch.fileCount, 'file')}` : ''
  switch (status.state) {
    case 'queued':
      return join('Queued', files)
    case 'running':
      return join(
        part,
        batch.speed > 0 ? formatSpeed(batch.speed) : '',
        batch.secondsLeft === null ? '' : formatTimeLeft(batch.secondsLeft),
        files,
      )
    case 'paused':
      return join('Paused', part, files)
    case 'waiting':
      return join(...waitingWords(status, now), part)
    case 'verifying':
      return join('Checking what arrived', part)
    case 'done':
      return batch.kind === 'in-step' ? inStepWords(batch) : join(doneWords(batch), formatSize(batch.receivedBytes))
    case 'failed':
      if (isMadeInPart(batch)) return join(`Made without ${formatCount(batch.failedCount, 'file')} that failed`, files)
      return batch.fileCount > 1
        ? join(batch.failedCount > 0 ? `${formatCount(batch.failedCount, 'file')} failed` : status.error.message, files)
        : visibleName(status.error.message)
    case 'cancelled':
      return join('Cancelled', files)
    default:
      return assertNever(status)
  }
}

/** How much of it is there, of what is known of its size. */
function partWords({ receivedBytes, totalBytes, unknownSizes }: Batch): string {
  const received = formatSize(receivedBytes)
  if (unknownSizes === 0) return `${received} of ${formatSize(totalBytes)}`
  return totalBytes > receivedBytes ? `${received} of more than ${formatSize(totalBytes)}` : `${received} so far`
}

/** Whether an archive is there, without the files that failed; another failure than theirs leaves none. */
export function isMadeInPart({ kind, status, doneCount, failures }: Batch): boolean {
  if (kind !== 'archive' || status.state !== 'failed' || doneCount === 0) return false
  return failures.some(({ error }) => error.message === status.error.message)
}

function doneWords({ fileCount, skippedCount, unchangedCount, renamedCount }: Batch): string {
  if (unchangedCount > 0 && unchangedCount === fileCount) return join('Already there', formatCount(fileCount, 'file'))
  const unchanged = unchangedCount > 0 ? `${formatNumber(unchangedCount)} already there` : ''
  const leftOut = skippedCount - unchangedCount
  const skipped = leftOut > 0 ? `${formatNumber(leftOut)} skipped` : ''
  const renamed = renamedCount > 0 ? `${formatNumber(renamedCount)} under another name` : ''
  return join('Done', formatCount(fileCount, 'file'), unchanged, skipped, renamed)
}

/** Files that were skipped are as they were brought before, or were changed by the person. */
function inStepWords({ doneCount, skippedCount, unchangedCount }: Batch): string {
  const brought = doneCount - skippedCount
  const own = skippedCount - unchangedCount
  return join(
    'In step',
    brought > 0 ? `${formatCount(brought, 'file')} brought` : 'nothing new',
    own > 0 ? `${formatCount(own, 'file')} left as you changed ${own === 1 ? 'it' : 'them'}` : '',
    unchangedCount > 0 ? `${formatNumber(unchangedCount)} left as they were` : '',
  )
}

/** The name under which a file lies that had to be renamed, with its folders where these were, too; null where it has its own. */
export function savedAs({ path, target, renamed }: Transfer): string | null {
  if (!renamed) return null
  const [wanted, folders] = [path.split('/').slice(0, -1), target.split('/').slice(0, -1)]
  // Leading folders may be left out, or put before.
  const common = Math.min(wanted.length, folders.length)
  const areSame = common === 0 || wanted.slice(-common).join('/') === folders.slice(-common).join('/')
  return areSame ? (target.split('/').at(-1) ?? target) : target
}

/** What one file of a batch is at. */
export function transferWords({ status, size, received }: Transfer, now: number): string {
  switch (status.state) {
    case 'queued':
      return size === null ? 'Queued' : `Queued · ${formatSize(size)}`
    case 'running':
      return size === null ? formatSize(received) : `${formatSize(received)} of ${formatSize(size)}`
    case 'paused':
      return 'Paused'
    case 'waiting':
      return join(...waitingWords(status, now))
    case 'verifying':
      return 'Checking'
    case 'done':
      return status.note === 'skipped'
        ? 'Skipped'
        : status.note === 'unchanged'
          ? 'Already there'
          : formatSize(received)
    case 'failed':
      return visibleName(status.error.message)
    case 'cancelled':
      return 'Cancelled'
    default:
      return assertNever(status)
  }
}

/** Why, and for how long: where the server's own time stands in its sentence, that is not said twice. */
function waitingWords({ reason, until, message }: Waiting, now: number): readonly string[] {
  const words = untilWords(until, now)
  return reason === 'rate-limited' && words !== '' ? ['The server asks you to wait', words] : [message, words]
}

function untilWords(until: number | null, now: number): string {
  if (until === null || until <= now) return ''
  const wait = until - now
  // Of a long wait a person wants to know when to look again.
  const clock = wait > clockFrom ? `, at ${formatClock(until)}` : ''
  return `trying again in ${formatWait(wait / 1_000)}${clock}`
}

function join(...parts: readonly string[]): string {
  const said = parts.filter((part) => part !== '')
  // A sentence ends where nothing follows it. A failure may name a file.
  return visibleName(said.map((part, index) => (index < said.length - 1 ? part.replace(/\.$/, '') : part)).join(' · '))
}
