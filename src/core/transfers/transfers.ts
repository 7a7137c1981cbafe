import type { ExecutionKey, Source } from '../../shared/models/execution.ts'
import type { Nodes } from '../../shared/models/listing.ts'
import type { Batch, ConflictPolicy, Transfer, TransferChoice } from '../../shared/models/transfer.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { Logger } from '../log/logger.ts'
import type { FileSource } from './file-source.ts'
import type { ConnectionLimits } from './http/connection.ts'
import type { Layout } from './layout.ts'
import type { MarkFromInternet } from './pump/internet-mark.ts'
import type { PumpThread } from './pump/pump-thread.ts'

/** How long to wait for a server, and before asking it again for the first time. */
export type TransferLimits = ConnectionLimits & { readonly firstRetryMilliseconds: number }

/** What transfers need from outside. Nothing here is Electron's. */
export type TransfersOptions = {
  /** The entry of the threads that fetch: `pump/pump-worker.ts` from source, a file of its own in a build. */
  readonly pumpEntry: URL
  /** One of these that was started ahead, since there will be files for it (`pump/pump-thread.ts`). */
  readonly threadAhead?: PumpThread | undefined
  /** Where the journal is kept; null keeps none, and nothing survives the process. */
  readonly journalFolder: string | null
  readonly clientFor: (source: Source) => Promise<AsteroidClient>
  /** Lists an execution anew, for transfers that outlive the listing they were started from; closed when they are over. */
  readonly sourceFor: (execution: ExecutionKey) => Promise<FileSource & { readonly close: () => Promise<void> }>
  /** Hears of all batches at most ten times a second, and at each end. */
  readonly onChange: (batches: readonly Batch[]) => void
  readonly log: Logger
  /** How patient to be with servers; the defaults are for people, not for tests. */
  readonly limits?: TransferLimits
  /** The computer's addresses, as a text that differs when they do; the default asks the system. */
  readonly networkAddresses?: () => string
  /** Marks archives as from the internet; the platform's own way when not given. The threads mark what they bring. */
  readonly mark?: MarkFromInternet
}

export type StartOptions = {
  readonly source: FileSource
  readonly files: Nodes
  /** The folder that files go to, or the archive's own path. */
  readonly target: string
  readonly kind: Batch['kind']
  /** Where files go below `target`, or within the archive; without it, at their whole paths. */
  readonly layout?: Layout
  readonly title: string
  readonly conflicts: 'ask' | ConflictPolicy
}

/** The queue of downloads. `index` names one file of a batch; without it a call is about the whole batch. */
export type Transfers = {
  /** Starts a batch and answers its id; the files are walked afterwards. */
  readonly start: (options: StartOptions) => Promise<string>
  readonly list: () => readonly Batch[]
  /** A window of a batch's files, those that run, wait, failed or were renamed first; all, where no choice is made. */
  readonly files: (
    id: string,
    from: number,
    to: number,
    only?: TransferChoice,
  ) => { readonly total: number; readonly transfers: readonly Transfer[] }
  readonly pause: (id: string, index?: number) => void
  readonly resume: (id: string, index?: number) => void
  readonly cancel: (id: string, index?: number) => void
  readonly retry: (id: string, index?: number) => void
  /** Ends the waits of a batch, or of one file of it, that time or the network would end. */
  readonly tryNow: (id: string, index?: number) => void
  readonly clearDone: () => void
  readonly answerConflict: (id: string, policy: ConflictPolicy, forAll: boolean) => void
  /** Where a batch, or one file of it, lies on disk; null while there is nothing whole. */
  readonly placeOf: (id: string, index?: number) => string | null
  /** Bytes a second for all together; null for no limit. */
  readonly setBandwidthLimit: (limit: number | null) => void
  /** Tells that the network or the machine is back: waiting transfers try again at once. */
  readonly wake: () => void
  /** Settles when a batch is over. */
  readonly whenOver: (id: string) => Promise<Batch>
  /** Takes up what the journal remembers; `paused` leaves it at rest. Clears those of its files that nothing can go on from. */
  readonly restore: (how: 'running' | 'paused') => Promise<void>
  /** Stops everything, keeping part files and journal, so that `restore` can go on. */
  readonly close: () => Promise<void>
}
