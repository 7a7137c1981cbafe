import { fromLines } from './lines.ts'
import { type BatchRecord, type LandedArchive, type PlannedFile, recordSchema } from './records.ts'

export type RememberedHeld = {
  readonly bytes: number
  readonly validator: string | null
  /** Bytes that outlive a loss of power. */
  readonly synced: number
  readonly size: number | null
  readonly updatedAt: string
}

/** What a journal says of a batch. */
export type Remembered = {
  readonly batch: BatchRecord
  /** The start of the computer in which the last lines were written. */
  readonly boot: string
  /** By index; sparse where lines were lost. */
  readonly plan: readonly (PlannedFile | undefined)[]
  readonly isPlanWhole: boolean
  /** Which number the part file's name has, of items that may have one. */
  readonly begun: ReadonlyMap<number, number>
  /** Items that were begun, and whose attempt was not heard to have ended without a part file. */
  readonly underWay: ReadonlySet<number>
  /** Those of them whose part file was made by us. */
  readonly made: ReadonlySet<number>
  /** By item, the inode of the newest part file that was made for it, also once that is not under way any more. */
  readonly inodes: ReadonlyMap<number, number>
  readonly held: ReadonlyMap<number, RememberedHeld>
  readonly done: ReadonlyMap<number, 'skipped' | 'unchanged' | null>
  /** What an archive that is to be made anew had left under its name. */
  readonly landed: LandedArchive | null
  readonly paused: boolean
  readonly over: 'done' | 'failed' | 'cancelled' | null
}

/** Reads a journal's lines in order; null when not even its first is whole. */
export function remember(content: string): Remembered | null {
  let batch: BatchRecord | null = null
  let boot = ''
  const plan: (PlannedFile | undefined)[] = []
  let isPlanWhole = false
  const begun = new Map<number, number>()
  const underWay = new Set<number>()
  const made = new Set<number>()
  const inodes = new Map<number, number>()
  const held = new Map<number, RememberedHeld>()
  const done = new Map<number, 'skipped' | 'unchanged' | null>()
  let landed: LandedArchive | null = null
  let paused = false
  let over: Remembered['over'] = null

  for (const line of fromLines(content)) {
    const parsed = recordSchema.safeParse(line)
    if (!parsed.success) continue
    const record = parsed.data
    switch (record.record) {
      case 'batch':
        batch = record
        break
      case 'boot':
        boot = record.boot
        break
      case 'plan':
        record.files.forEach((file, offset) => {
          plan[record.first + offset] = file
        })
        break
      case 'planned':
        isPlanWhole = plan.length === record.count
        break
      case 'begun':
        for (const [index, copy] of record.items) {
          begun.set(index, copy)
          underWay.add(index)
        }
        break
      case 'made':
        for (const [index, copy, inode] of record.items) {
          begun.set(index, copy)
          underWay.add(index)
          made.add(index)
          if (inode !== null) inodes.set(index, inode)
        }
        break
      case 'held': {
        const { index, bytes, validator, synced, size, updatedAt } = record
        const before = held.get(index)
        // There is something in it only once it is ours.
        if (bytes > 0) {
          underWay.add(index)
          made.add(index)
        }
        const flushed = synced ? bytes : before?.validator === validator ? (before?.synced ?? 0) : 0
        held.set(index, { bytes, validator, synced: flushed, size, updatedAt })
        break
      }
      case 'dropped':
        held.delete(record.index)
        underWay.delete(record.index)
        made.delete(record.index)
        break
      case 'done':
        for (const [index, note] of record.items) {
          done.set(index, note)
          begun.delete(index)
          underWay.delete(index)
          made.delete(index)
          inodes.delete(index)
          held.delete(index)
        }
        break
      case 'landed': {
        const { place, size, updatedAt } = record
        landed = { place, size, updatedAt }
        break
      }
      case 'paused':
        paused = record.paused
        break
      case 'over':
        over = record.state === 'again' ? null : record.state
        break
    }
  }
  return batch && { batch, boot, plan, isPlanWhole, begun, underWay, made, inodes, held, done, landed, paused, over }
}
