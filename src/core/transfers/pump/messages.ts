import type { AppError } from '../../../shared/errors.ts'
import type { ConflictPolicy } from '../../../shared/models/transfer.ts'

/** How much of a file is in its part file, and of which version: an ETag or a Last-Modified that is good for If-Range. */
export type Held = { readonly bytes: number; readonly validator: string | null }

/** What a file looked like on disk, to tell later whether it is still the same. Times in milliseconds since 1970. */
export type DiskState = { readonly size: number; readonly updatedAt: number }

/** What to do when something already has the name that a file wants. */
export type NameRule =
  /** Only where it is another version than the run's: nobody is asked about what is there already. */
  | { readonly rule: 'ask' }
  /** `keepsSame` where it is what the person answered: they were not asked about files that are the same. */
  | { readonly rule: ConflictPolicy; readonly keepsSame?: boolean }
  /** Replaces a file that is still as described, and leaves every other one alone. */
  | {
      readonly rule: 'in-step'
      readonly brought: DiskState | null
      /** Whether what was brought is the version that the run has now. */
      readonly isSameVersion: boolean
    }

/** A part file by the journal of its batch: `path` is the journal's. */
export type Making = { readonly path: string; readonly index: number; readonly partCopy: number }

/**
 * An attempt whose end was not heard, since the app or its thread ended: its part file may have got its name just before.
 * It was made after `since`, in milliseconds since 1970. `inode` is the part file's, which it keeps with any name; null where
 * nobody wrote it down.
 */
export type Unheard = { readonly since: number; readonly inode: number | null }

/** One attempt to bring one file. */
export type FetchJob = {
  readonly job: number
  /** The number of the connection under which `connect` named the API. */
  readonly connection: number
  readonly url: string
  /** `<directory>/<path within it>`, to name the file in errors. */
  readonly path: string
  readonly folder: string
  /** Safe names below the folder; the last is the file's. */
  readonly names: readonly string[]
  readonly part: string
  /** Where to write down that the part file was made, before anything is put in it; null for nowhere. */
  readonly making: Making | null
  /** What an earlier attempt left in the part file; null for none. */
  readonly held: Held | null
  readonly size: number | null
  /** Milliseconds since 1970, for the modified time; null when unknown. */
  readonly updatedAt: number | null
  readonly mimeType: string | null
  readonly nameRule: NameRule
  /** Where it may lie already, it is looked for, and not fetched again. */
  readonly unheard: Unheard | null
}

/** A job before a thread has been found for it. */
export type FetchRequest = Omit<FetchJob, 'job' | 'connection'>

/** How an attempt ended. `held` says what is still in the part file. */
export type FetchEnd =
  /** `state` where the rule is to remember it. */
  | { readonly end: 'landed'; readonly place: string; readonly state: DiskState | null; readonly received: number }
  /** What was there was left there. */
  | {
      readonly end: 'kept'
      readonly note: 'skipped' | 'unchanged'
      readonly place: string
      readonly state: DiskState | null
    }
  | { readonly end: 'name-taken'; readonly existing: DiskState }
  | { readonly end: 'part-taken' }
  /**
   * What was held can't be gone on from, and its part file is gone. Nothing else was written in its place: the journal must
   * forget it first, or a kill would leave the bytes of one version under the name of another.
   */
  | { readonly end: 'held-is-void' }
  | { readonly end: 'stopped'; readonly held: Held | null }
  /** Its thread has ended, and its part file may hold something else than was last told. */
  | { readonly end: 'lost'; readonly error: AppError; readonly held: Held | null }
  | {
      readonly end: 'failed'
      readonly error: AppError
      readonly held: Held | null
      /** From Retry-After. */
      readonly retryAfterSeconds: number | null
    }

/** What the queue tells a pump. */
export type PumpOrder =
  | { readonly order: 'connect'; readonly connection: number; readonly base: string; readonly key: string | null }
  | { readonly order: 'fetch'; readonly jobs: readonly FetchJob[] }
  /** Ends an attempt, keeping its part file or not. */
  | { readonly order: 'stop'; readonly job: number; readonly keepPart: boolean }
  /** Bytes a second for this pump; null for no limit. */
  | { readonly order: 'limit'; readonly bytesPerSecond: number | null }

/** What a pump tells the queue, many things at once. */
export type PumpNews = {
  readonly held: readonly (readonly [job: number, held: Held, synced: boolean])[]
  /** Their last byte is with the system; what is left to do is the disk's. */
  readonly received: readonly number[]
  /** Those that landed whole under the very name that they were asked to have, as almost all do, with nothing to remember. */
  readonly landed: readonly number[]
  readonly ended: readonly (readonly [job: number, end: FetchEnd])[]
  /** What no one expected, for the log. */
  readonly faults: readonly string[]
}
