import path from 'node:path'
import type { Transfer, TransferState } from '../../../shared/models/transfer.ts'
import type { SourceFile } from '../file-source.ts'
import type { Held, Unheard } from '../pump/messages.ts'
import { numbered } from '../target-path.ts'
import { nextState, type TransferEvent } from '../transfer-state.ts'
import { largeBytes } from './places.ts'
import { leastProgress } from './retry-policy.ts'

/** One file of a batch, from when it is walked until it is done. */
export type Item = {
  readonly index: number
  /** With the newest link that is known. */
  file: SourceFile
  /** Safe names below the batch's folder. */
  readonly target: readonly string[]
  renamed: boolean
  status: TransferState
  /** Bytes that count as on disk. */
  received: number
  /** What its part file holds, when nothing writes to it. */
  held: Held | null
  /** 1 for `NAME.part`, more where that name was someone else's. */
  partCopy: number
  /** Attempts without progress, and times that its link was asked for again. */
  failures: number
  relists: number
  /** Times that its host turned it away, asking for patience, or was out of reach, without progress. */
  refusals: number
  /** Bytes that it had when these were last counted anew. */
  countedFrom: number
  /** Set where an attempt whose end was not heard may have named it, until the next begins, which looks. */
  unheard: Unheard | null
  readonly isGone: boolean
  /** The attempt under way, from its start until its end was heard. */
  attempt: { readonly stop: (keepPart: boolean) => void } | null
  /** When the newest one began, in milliseconds since 1970. */
  attemptedAt: number
  /** Where it lies, once whole. */
  place: string | null
}

/** What is known of a file when it is walked; more than its place where an earlier start of the app had begun it. */
export type WalkedFile = {
  readonly index: number
  readonly file: SourceFile
  readonly target?: readonly string[]
  readonly held?: Held | null
  readonly partCopy?: number
  readonly unheard?: Unheard | null
  /** It was asked for, and the listing does not have it any more. */
  readonly isGone?: boolean
}

/** Makes an item that waits for its turn; `wanted` are the names that `target` has where none had to be changed. */
export function newItem(walked: WalkedFile, wanted: readonly string[], target: readonly string[]): Item {
  const { index, file } = walked
  return {
    index,
    file,
    target,
    renamed: target.join('/') !== wanted.join('/'),
    status: { state: 'queued' },
    received: 0,
    held: walked.held ?? null,
    partCopy: walked.partCopy ?? 1,
    failures: 0,
    relists: 0,
    refusals: 0,
    countedFrom: walked.held?.bytes ?? 0,
    unheard: walked.unheard ?? null,
    isGone: walked.isGone ?? false,
    attempt: null,
    attemptedAt: 0,
    place: null,
  }
}

/** Moves an item on; answers whether the event made sense. */
export function apply(item: Item, event: TransferEvent): boolean {
  const next = nextState(item.status, event)
  if (next) item.status = next
  return next !== null
}

export function isLarge({ file }: Item): boolean {
  return (file.size ?? 0) >= largeBytes
}

/** Looks at how many bytes an item has between two attempts: well beyond where it was, what went wrong is counted anew. */
export function countProgress(item: Item, bytes: number): void {
  if (bytes >= item.countedFrom + leastProgress) {
    countAnew(item)
    item.countedFrom = bytes
  }
  // It may have to begin anew, as when it has changed.
  item.countedFrom = Math.min(item.countedFrom, bytes)
}

export function countAnew(item: Item): void {
  item.failures = 0
  item.relists = 0
  item.refusals = 0
}

/** The name of an item's part file, beside its final name. */
export function partName({ target, partCopy }: Item): string {
  return partNameOf(target.at(-1) ?? '', partCopy)
}

export function partNameOf(name: string, copy: number): string {
  return `${copy === 1 ? name : numbered(name, copy)}.part`
}

/** What others may see of an item. */
export function toTransfer({ index, file, target, place, renamed, status, received }: Item): Transfer {
  // What was taken there may have put a number into the name.
  const name = place === null ? (target.at(-1) ?? '') : path.basename(place)
  const lies = [...target.slice(0, -1), name].join('/')
  return { index, path: file.path, target: lies, renamed, status, size: file.size, received }
}

/** When a file was changed, in milliseconds since 1970; null when the API did not say. */
export function updatedAtOf({ updatedAt }: Pick<SourceFile, 'updatedAt'>): number | null {
  const time = Date.parse(updatedAt)
  return Number.isNaN(time) ? null : time
}
