import type { TransferState } from '../../../shared/models/transfer.ts'
import { Failure, toFailure } from '../../failure.ts'
import type { Logger } from '../../log/logger.ts'
import type { FileSource, SourceFile } from '../file-source.ts'
import { isOutOfReach, remedyFor } from './retry-policy.ts'

type ClosableSource = FileSource & { readonly close?: () => Promise<void> }

/** Where a batch's files and fresh links come from, for as long as it lasts. */
export type Origin = {
  /** The source; lists the run anew where there is none, and waits for the network and the key as long as it takes. */
  readonly source: () => Promise<FileSource>
  /** Lists again for fresh links. */
  readonly relist: FileSource['relist']
  /** Whether a listing came after the one that the walk of the files began with. */
  readonly hasRelisted: () => boolean
  /** The files with the links of the newest listing; with those that they have, where it can't be asked. */
  readonly withNewestLinks: (files: readonly SourceFile[]) => Promise<readonly SourceFile[]>
  /** A source fails as if it had been closed: goes on with a listing of its own, if it does not already. */
  readonly replace: (failed: FileSource, thrown: unknown) => void
  /** Why it waits, while it does. */
  readonly waiting: () => Waiting | null
  readonly wake: () => void
  /** Lists at once, where it waits for the server to be within reach. */
  readonly onNetwork: () => void
  /** Closes a listing of its own, which nothing needs for now; the next that asks lists anew. */
  readonly release: () => void
  readonly close: () => void
}

type Waiting = Extract<TransferState, { state: 'waiting' }>

/** The source in use. */
type InUse = {
  readonly source: Promise<FileSource>
  /** Once it is there. */
  known: FileSource | null
  readonly isOwn: boolean
  /** Closes it, also when it comes only later. */
  readonly letGo: () => void
}

/** Starts from an open listing, or from none. */
export function createOrigin(options: {
  readonly first: FileSource | null
  readonly list: () => Promise<ClosableSource>
  readonly firstRetryMilliseconds: number
  readonly onChange: () => void
  readonly log: Logger
}): Origin {
  const { first, list, firstRetryMilliseconds, onChange, log } = options
  let inUse: InUse | null = first && { source: Promise.resolve(first), known: first, isOwn: false, letGo() {} }
  let waiting: Waiting | null = null
  let wake = () => {}
  /** Times in a row that the server was out of reach. */
  let outOfReach = 0
  let hasRelisted = false
  let closed = false

  function listAnew(): InUse {
    let isWanted = true
    let own: ClosableSource | null = null
    const mine: InUse = { source: opened(), known: null, isOwn: true, letGo }

    async function opened(): Promise<FileSource> {
      try {
        own = await listPatiently(() => isWanted)
      } catch (thrown) {
        if (inUse === mine) inUse = null
        throw thrown
      }
      if (!isWanted) {
        await own.close?.()
        throw over()
      }
      mine.known = own
      return own
    }
    function letGo(): void {
      isWanted = false
      waiting = null
      wake()
      void own?.close?.()
    }
    return mine
  }

  async function listPatiently(isWanted: () => boolean): Promise<ClosableSource> {
    outOfReach = 0
    let others = 0
    for (;;) {
      try {
        const listed = await list()
        waiting = null
        return listed
      } catch (thrown) {
        const failure = toFailure(thrown)
        if (!(failure instanceof Failure) || !isWanted()) throw thrown
        if (isOutOfReach(failure.error)) outOfReach += 1
        else others += 1
        await waitFor(failure, isOutOfReach(failure.error) ? outOfReach : others)
        if (!isWanted()) throw thrown
      }
    }
  }

  async function waitFor(failure: Failure, failures: number): Promise<void> {
    const { error } = failure
    const retryAfterSeconds = error.kind === 'rate-limited' ? error.retryAfterSeconds : null
    const remedy = remedyFor({ error, failures, relists: 0, retryAfterSeconds, firstRetryMilliseconds }, Math.random())
    if (remedy.remedy !== 'wait' && remedy.remedy !== 'key') throw failure
    const until = remedy.remedy === 'wait' ? Date.now() + remedy.milliseconds : null
    const reason = remedy.remedy === 'wait' ? remedy.reason : 'key'
    waiting = { state: 'waiting', reason, until, message: error.message }
    onChange()
    await new Promise<void>((resolve) => {
      const timer = until === null ? undefined : setTimeout(resolve, until - Date.now())
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function source(): Promise<FileSource> {
    if (closed) throw over()
    inUse ??= listAnew()
    return inUse.source
  }

  function replace(failed: FileSource, thrown: unknown): void {
    if (inUse?.known !== failed) return
    log.info('A transfer goes on with a listing of its own.', { error: thrown })
    inUse.letGo()
    inUse = null
  }

  async function relist(...[wanted, signal]: Parameters<FileSource['relist']>) {
    const used = await source()
    try {
      return await used.relist(wanted, signal)
    } catch (thrown) {
      if (signal?.aborted || used !== first || !isGone(thrown)) throw thrown
      replace(used, thrown)
      // It was listed just now.
      return (await source()).newest(wanted)
    }
  }

  function release(): void {
    if (!inUse?.isOwn) return
    inUse.letGo()
    inUse = null
  }

  return {
    source,
    async relist(wanted, signal) {
      const found = await relist(wanted, signal)
      hasRelisted = true
      return found
    },
    hasRelisted: () => hasRelisted,
    async withNewestLinks(files) {
      try {
        const newest = await (await source()).newest(files)
        return files.map((file, index) => withLinkOf(file, newest[index] ?? null))
      } catch (error) {
        // Fresh ones are asked for when those at hand are refused.
        log.info('Files are asked for by the links that they came with.', { error })
        return files
      }
    },
    replace,
    waiting: () => waiting,
    wake: () => wake(),
    onNetwork() {
      if (waiting?.reason !== 'offline') return
      outOfReach = 0
      wake()
    },
    release,
    close() {
      closed = true
      release()
    },
  }
}

function over(): Failure {
  return new Failure({ kind: 'cancelled', message: 'The download is over.' })
}

/** Whether a source has nothing more to say: it was closed, or its thread has ended. The person's own stop is no failure of it. */
function isGone(thrown: unknown): boolean {
  const failure = toFailure(thrown)
  return !(failure instanceof Failure) || failure.error.kind === 'cancelled'
}

/** A file with the link of a newer listing, as long as that has the same version; else as it was. */
export function withLinkOf(file: SourceFile, newer: SourceFile | null): SourceFile {
  return newer !== null && isSameVersion(newer, file) ? newer : file
}

type Version = Pick<SourceFile, 'size' | 'updatedAt'>

/** Tells whether two entries of listings are of the same content, as far as a listing tells. */
export function isSameVersion(one: Version, other: Version): boolean {
  return one.size === other.size && one.updatedAt === other.updatedAt
}
