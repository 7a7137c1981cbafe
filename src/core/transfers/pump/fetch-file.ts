import { rmSync } from 'node:fs'
import type { AppError } from '../../../shared/errors.ts'
import { type Connection, keyHeader, keyHeaders, maximumRedirects, redirectTarget } from '../../api/request-policy.ts'
import { errorCode, Failure } from '../../failure.ts'
import { type Address, addressOf } from '../http/address.ts'
import type { Exchange } from '../http/connection.ts'
import type { ConnectionPool } from '../http/connection-pool.ts'
import { type AnswerPlan, planAnswer, wrongSize } from './answer-plan.ts'
import { createDecoder, type Decoder } from './decoder.ts'
import type { Digest } from './digests.ts'
import { diskFailure } from './disk-failure.ts'
import { checkName } from './final-name.ts'
import type { Folders } from './folders.ts'
import { makePart, reopenPart } from './job-part.ts'
import type { Landed, Landing } from './landing.ts'
import type { Makings } from './makings.ts'
import type { FetchEnd, FetchJob, Held } from './messages.ts'
import type { PartFile } from './part-file.ts'

export type FetchTools = {
  readonly addressOfLink: (connection: Connection, link: string) => Address
  readonly pool: ConnectionPool
  readonly folders: Folders
  readonly landing: Landing
  readonly makings: Makings
  /** Called once no more bytes are awaited from the network. */
  readonly onReceived: () => void
  readonly onSynced: (held: Held) => void
  /** Waits for the bandwidth limit to let more come; null where it does. */
  readonly whenFree: () => Promise<void> | null
  /** Counts bytes against the bandwidth limit. */
  readonly onBytes: (count: number, exchange: Exchange) => void
  /** Called once, with how the attempt ended. */
  readonly onEnd: (end: FetchEnd) => void
  /** Tells of what no one expected. */
  readonly unexpected: (thrown: unknown) => FetchEnd
}

/** One attempt. */
export type Fetch = {
  /** The path that it was asked to bring the file to. */
  readonly wanted: string
  /** Starts it. It goes on by calls: a promise for each step of a small file takes as long as the step. */
  readonly begin: () => void
  readonly held: () => Held
  readonly stop: (keepPart: boolean) => void
}

const plainHeaders: Readonly<Record<string, string>> = {
  'User-Agent': 'asteroid-files',
  Accept: '*/*',
  'Accept-Encoding': 'identity',
}
/** Stands for the person's wish to stop, among what can go wrong. */
const stopped = Symbol('stopped')
/** What an earlier attempt left is of no use. */
const heldIsVoid = Symbol('held is void')

/**
 * Brings one file: looks at its name, asks for its bytes, writes them to the part file, checks them, and lands it.
 * One attempt: whether to try again is for the queue to say.
 */
export function createFetch(job: FetchJob, connection: Connection, tools: FetchTools): Fetch {
  const folder = tools.folders.pathOf(job.folder, job.names)
  const wanted = folder + (job.names.at(-1) ?? '')
  const partPath = folder + job.part
  let part: PartFile | null = null
  let validator = job.held?.validator ?? null
  let exchange: Exchange | null = null
  let stopping: { readonly keepPart: boolean } | null = null
  let retryAfterSeconds: number | null = null

  /** Does a step, which answers how the attempt has ended, or null where it goes on by a later step. */
  function go(step: () => FetchEnd | null): void {
    let end: FetchEnd | null
    try {
      end = step()
    } catch (thrown) {
      end = endOf(thrown)
    }
    if (end) tools.onEnd(end)
  }

  function endOf(thrown: unknown): FetchEnd {
    try {
      return fail(thrown)
    } catch (unknown) {
      return tools.unexpected(unknown)
    }
  }

  function start(): FetchEnd | null {
    const { size, updatedAt, unheard, nameRule: rule } = job
    const check = checkName({ wanted, rule, size, updatedAt, unheard })
    if (check.answer === 'ask') return { end: 'name-taken', existing: check.existing }
    if (check.answer !== 'fetch') {
      if (job.held) rmSync(partPath, { force: true })
      if (check.answer === 'unchanged')
        return { end: 'kept', note: 'unchanged', place: check.place, state: check.adopted }
      if (check.answer === 'skip') return { end: 'kept', note: 'skipped', place: wanted, state: null }
      return { end: 'landed', place: check.place, state: check.state, received: 0 }
    }
    tools.folders.ensure(job.folder, job.names)
    if (job.held && job.held.bytes > 0) part = reopenPart(partPath, job.held, onSynced)
    return askSoon(tools.addressOfLink(connection, job.url), 0)
  }

  function onSynced(bytes: number): void {
    tools.onSynced({ bytes, validator })
  }

  /** Asks once the limit lets more come; redirects are followed by hand. */
  function askSoon(address: Address, hop: number): null {
    const limit = tools.whenFree()
    if (limit) void limit.then(() => go(() => ask(address, hop)))
    else ask(address, hop)
    return null
  }

  function ask(address: Address, hop: number): null {
    const heldBytes = validator === null ? 0 : (part?.length() ?? 0)
    const headers = headersFor(address, heldBytes)
    let plan = null as AnswerPlan | null
    let decoder = null as Decoder | null
    let ignored = 0
    const mine = tools.pool.get(address, headers, {
      onHead(head) {
        plan = planAnswer(head, job, heldBytes, validator)
        if (plan.plan !== 'take') return
        if (job.held && plan.at === 0) throw heldIsVoid
        part ??= makePart(job, partPath, tools, onSynced)
        validator = plan.validator
        if (plan.expected !== null) part.expect(plan.expected)
        if (plan.digest) part.digest(plan.digest.algorithm)
        const { coding, expected } = plan
        if (coding === null) return
        const takeUnpacked = (bytes: Buffer) => take(bytes, expected)
        decoder = createDecoder(coding, takeUnpacked, () => mine.resume())
      },
      onBody(bytes) {
        tools.onBytes(bytes.length, mine)
        if (plan?.plan === 'take') {
          if (!decoder) take(bytes, plan.expected)
          else if (!decoder.write(bytes)) mine.pause()
          return
        }
        // A short body is read to its end, so that the connection can be used again.
        ignored += bytes.length
        if (ignored > 64 * 1024) throw ignoredEnough
      },
      onEnd(thrown) {
        if (decoder && thrown === undefined) decoder.end().then(() => onAnswered(), onAnswered)
        else onAnswered(thrown)
      },
    })
    function onAnswered(thrown?: unknown): void {
      decoder?.destroy()
      go(() => {
        if (thrown !== undefined && thrown !== ignoredEnough) throw thrown
        if (!plan) throw new Error('An answer had no head.')
        return follow(plan, address, hop)
      })
    }
    exchange = mine
    if (stopping) mine.abort(stopped)
    return null
  }

  function follow(plan: AnswerPlan, address: Address, hop: number): FetchEnd | null {
    switch (plan.plan) {
      case 'redirect': {
        const target = redirectTarget(address.url(), plan.location)
        if (hop === maximumRedirects) throw tooManyRedirects()
        return askSoon(addressOf(target), hop + 1)
      }
      case 'start-again':
        throw heldIsVoid
      case 'complete':
        return onReceived(null)
      case 'take':
        return onReceived(plan.digest)
      case 'fail':
        retryAfterSeconds = plan.retryAfterSeconds
        throw plan.failure
    }
  }

  function headersFor(address: Address, heldBytes: number): Readonly<Record<string, string>> {
    const key = keyHeaders(connection, address)
    const range = heldBytes > 0 && validator !== null ? { Range: `bytes=${heldBytes}-`, 'If-Range': validator } : null
    return range || keyHeader in key ? { ...plainHeaders, ...range, ...key } : plainHeaders
  }

  function take(bytes: Buffer, expected: number | null): void {
    if (!part) return
    if (expected !== null && part.length() + bytes.length > expected) throw wrongSize(job, part.length() + bytes.length)
    part.append(bytes)
  }

  function onReceived(digest: Digest | null): null {
    tools.onReceived()
    // An empty file comes without a body, and has no part yet.
    part ??= makePart(job, partPath, tools, onSynced)
    part.flush()
    if (job.size !== null && part.length() !== job.size) throw wrongSize(job, part.length())
    if (digest) compare(part, digest)
    else land(part)
    return null
  }

  function compare(whole: PartFile, { algorithm, base64 }: Digest): void {
    const compared = (found: string) => {
      if (found !== base64) throw wrongDigest(job)
      return land(whole)
    }
    whole.digestOf(algorithm).then((found) => go(() => compared(found)), failed)
  }

  function failed(thrown: unknown): void {
    tools.onEnd(endOf(thrown))
  }

  function land(whole: PartFile): null {
    if (job.updatedAt !== null) whole.setUpdatedAt(job.updatedAt)
    if (stopping) throw stopped
    const onLanded = (landed: Landed | null) => {
      if (!landed) return tools.onEnd({ end: 'kept', note: 'skipped', place: wanted, state: null })
      tools.onEnd({ end: 'landed', ...landed, received: whole.length() })
    }
    tools.landing.land(whole, wanted, job.nameRule).then(onLanded, failed)
    return null
  }

  function fail(thrown: unknown): FetchEnd {
    const known = thrown === stopped || thrown === heldIsVoid ? null : diskFailure(thrown, job.path)
    if (errorCode(thrown) === 'EEXIST' && !part) return { end: 'part-taken' }
    if (thrown === heldIsVoid) {
      part?.remove()
      return { end: 'held-is-void' }
    }
    if (part?.isReplaced()) {
      part.close()
      return stopping ? { end: 'stopped', held: null } : { end: 'part-taken' }
    }
    if (known !== null && !(known instanceof Failure)) throw thrown
    const held = keep(known === null ? stopping?.keepPart === true : mayGoOn(known.error))
    if (known === null) return { end: 'stopped', held }
    return { end: 'failed', error: known.error, held, retryAfterSeconds }
  }

  /** Closes the part file; removes it when nothing can go on from it. */
  function keep(wish: boolean): Held | null {
    if (!part) return job.held
    try {
      part.flush()
    } catch {
      // A full disk has no room for the last bytes either; those before are counted right.
    }
    const held = { bytes: part.written(), validator }
    if (wish && validator !== null && held.bytes > 0) {
      part.close()
      return held
    }
    part.remove()
    return null
  }

  return {
    wanted,
    begin: () => go(start),
    held: () => ({ bytes: part?.length() ?? job.held?.bytes ?? 0, validator }),
    stop(keepPart) {
      stopping = { keepPart }
      exchange?.abort(stopped)
    },
  }
}

const ignoredEnough = Symbol('ignored enough')

function tooManyRedirects(): Failure {
  return new Failure({ kind: 'unsafe-url', message: `A link redirected more than ${maximumRedirects} times.` })
}

function mayGoOn({ kind }: AppError): boolean {
  return kind !== 'wrong-size' && kind !== 'bad-response' && kind !== 'unsafe-url'
}

function wrongDigest({ path: name }: FetchJob): Failure {
  const message = `“${name}” was damaged on the way: its check sum is not the server’s. It was not kept.`
  return new Failure({ kind: 'wrong-size', message })
}
