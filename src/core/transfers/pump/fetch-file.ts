import { rmSync } from 'node:fs'
import type { AppError } from '../../../shared/errors.ts'
import {
  type Connection,
  keyHeader,
  keyHeaders,
  maximumRedirects,
  redirectTarget,
  resolveDownloadUrl,
} from '../../api/request-policy.ts'
import { errorCode, Failure } from '../../failure.ts'
import type { Exchange } from '../http/connection.ts'
import type { ConnectionPool } from '../http/connection-pool.ts'
import { type AnswerPlan, planAnswer, wrongSize } from './answer-plan.ts'
import { createDecoder, type Decoder } from './decoder.ts'
import type { Digest } from './digests.ts'
import { diskFailure } from './disk-failure.ts'
import { checkName } from './final-name.ts'
import type { Folders } from './folders.ts'
import type { Landing } from './landing.ts'
import type { Makings } from './makings.ts'
import type { FetchEnd, FetchJob, Held } from './messages.ts'
import { openPartFile, type PartFile } from './part-file.ts'

export type FetchTools = {
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
}

/** One attempt under way. */
export type Fetch = {
  readonly ended: Promise<FetchEnd>
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
export function startFetch(job: FetchJob, connection: Connection, tools: FetchTools): Fetch {
  const folder = tools.folders.pathOf(job.folder, job.names)
  const wanted = folder + (job.names.at(-1) ?? '')
  const partPath = folder + job.part
  let part: PartFile | null = null
  let validator = job.held?.validator ?? null
  let exchange: Exchange | null = null
  let stopping: { readonly keepPart: boolean } | null = null
  let retryAfterSeconds: number | null = null

  async function run(): Promise<FetchEnd> {
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
    if (job.held && job.held.bytes > 0) part = reopen(job.held)
    const digest = await receive()
    tools.onReceived()
    return land(digest)
  }

  function reopen(held: Held): PartFile | null {
    try {
      return openPartFile(partPath, held.bytes, onSynced)
    } catch (thrown) {
      if (errorCode(thrown) === 'ENOENT') return null
      throw thrown
    }
  }
  /** Made only when there is something to put in it. */
  function freshPart(): PartFile {
    const made = makePart()
    if (job.making) tools.makings.write(job.making, made.inode())
    return made
  }
  function makePart(): PartFile {
    try {
      return openPartFile(partPath, 0, onSynced)
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOENT') throw thrown
      // Someone removed a folder that was there a moment ago.
      tools.folders.forget()
      tools.folders.ensure(job.folder, job.names)
      return openPartFile(partPath, 0, onSynced)
    }
  }
  function onSynced(bytes: number): void {
    tools.onSynced({ bytes, validator })
  }

  /** Asks until the bytes are there, following redirects by hand; answers the check sum to compare with. */
  async function receive(): Promise<Digest | null> {
    let url = resolveDownloadUrl(connection, job.url)
    for (let hop = 0; hop <= maximumRedirects; ) {
      const plan = await ask(url)
      switch (plan.plan) {
        case 'redirect':
          url = redirectTarget(url, plan.location)
          hop += 1
          break
        case 'start-again':
          throw heldIsVoid
        case 'complete':
          return null
        case 'take':
          return plan.digest
        case 'fail':
          retryAfterSeconds = plan.retryAfterSeconds
          throw plan.failure
      }
    }
    throw new Failure({ kind: 'unsafe-url', message: `A link redirected more than ${maximumRedirects} times.` })
  }

  async function ask(url: URL): Promise<AnswerPlan> {
    const limit = tools.whenFree()
    if (limit) await limit
    const heldBytes = validator === null ? 0 : (part?.length() ?? 0)
    const headers = headersFor(url, heldBytes)
    let plan = null as AnswerPlan | null
    let decoder = null as Decoder | null
    let ignored = 0
    const mine = tools.pool.get(url, headers, {
      onHead(head) {
        plan = planAnswer(head, job, heldBytes, validator)
        if (plan.plan !== 'take') return
        if (job.held && plan.at === 0) throw heldIsVoid
        part ??= freshPart()
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
    })
    exchange = mine
    try {
      if (stopping) mine.abort(stopped)
      await mine.done
      if (decoder) await decoder.end()
    } catch (thrown) {
      if (thrown !== ignoredEnough) throw thrown
    } finally {
      decoder?.destroy()
    }
    if (!plan) throw new Error('An answer had no head.')
    return plan
  }

  function headersFor(url: URL, heldBytes: number): Readonly<Record<string, string>> {
    const key = keyHeaders(connection, url)
    const range = heldBytes > 0 && validator !== null ? { Range: `bytes=${heldBytes}-`, 'If-Range': validator } : null
    return range || keyHeader in key ? { ...plainHeaders, ...range, ...key } : plainHeaders
  }

  function take(bytes: Buffer, expected: number | null): void {
    if (!part) return
    if (expected !== null && part.length() + bytes.length > expected) throw wrongSize(job, part.length() + bytes.length)
    part.append(bytes)
  }

  async function land(digest: Digest | null): Promise<FetchEnd> {
    // An empty file comes without a body, and has no part yet.
    part ??= freshPart()
    part.flush()
    if (job.size !== null && part.length() !== job.size) throw wrongSize(job, part.length())
    if (digest && (await part.digestOf(digest.algorithm)) !== digest.base64) throw wrongDigest(job)
    if (job.updatedAt !== null) part.setUpdatedAt(job.updatedAt)
    if (stopping) throw stopped
    const landed = await tools.landing.land(part, wanted, job.nameRule)
    if (!landed) return { end: 'kept', note: 'skipped', place: wanted, state: null }
    return { end: 'landed', ...landed, received: part.length() }
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

  async function end(): Promise<FetchEnd> {
    try {
      return await run()
    } catch (thrown) {
      return fail(thrown)
    }
  }

  return {
    ended: end(),
    held: () => ({ bytes: part?.length() ?? job.held?.bytes ?? 0, validator }),
    stop(keepPart) {
      stopping = { keepPart }
      exchange?.abort(stopped)
    },
  }
}

const ignoredEnough = Symbol('ignored enough')

function mayGoOn({ kind }: AppError): boolean {
  return kind !== 'wrong-size' && kind !== 'bad-response' && kind !== 'unsafe-url'
}

function wrongDigest({ path: name }: FetchJob): Failure {
  const message = `“${name}” was damaged on the way: its check sum is not the server’s. It was not kept.`
  return new Failure({ kind: 'wrong-size', message })
}
