import type { TransferState } from '../../../shared/models/transfer.ts'
import type { SourceFile } from '../file-source.ts'
import type { Held } from '../pump/messages.ts'
import type { Item } from '../queue/item.ts'
import { bootName } from './boot.ts'
import type { JournalFile } from './journal-file.ts'
import type { LandedArchive, PlannedFile } from './records.ts'

/** What a batch tells the journal, so that a later start of the app can go on. */
export type BatchJournal = {
  /** Where it is written; null for nowhere. */
  readonly path: string | null
  /** The batch goes on after it was over. */
  readonly onStarted: () => void
  /** Files that the plan lacked, from an index on. */
  readonly onPlanned: (first: number, files: readonly PlannedFile[]) => void
  /** An item is about to get a part file. */
  readonly onBegun: (item: Pick<Item, 'index' | 'partCopy'>) => void
  /** Its part file was made here, and not by a thread, which says so itself. */
  readonly onMade: (item: Pick<Item, 'index' | 'partCopy'>) => void
  /** Part files of an earlier start were looked at: what is there now is as it should be in this start of the computer. */
  readonly onTakenUp: () => void
  /** A part file holds so much; `synced` bytes outlive a loss of power. */
  readonly onHeld: (item: Item, held: Held, synced: boolean) => void
  /** An item has no part file, or none any more. */
  readonly onDropped: (index: number) => void
  readonly onDone: (item: Item, note: 'skipped' | 'unchanged' | null) => void
  /** An archive has its name: made anew, it takes that place again. */
  readonly onLanded: (archive: LandedArchive) => void
  readonly onPaused: (paused: boolean) => void
  readonly onOver: (status: TransferState) => void
  /** Writes all down, for a later start of the app. */
  readonly close: () => void
  /** Forgets the batch. */
  readonly remove: () => void
}

/** Keeps nothing. */
export const silentBatchJournal: BatchJournal = {
  path: null,
  onStarted() {},
  onPlanned() {},
  onBegun() {},
  onMade() {},
  onTakenUp() {},
  onHeld() {},
  onDropped() {},
  onDone() {},
  onLanded() {},
  onPaused() {},
  onOver() {},
  close() {},
  remove() {},
}

const gatherMilliseconds = 200

/** Writes down what becomes of a batch; `flushed` are the items whose part files an earlier start had brought to the disk. */
export function createBatchJournal(file: JournalFile, flushed: Iterable<number> = []): BatchJournal {
  let begun: [number, number][] = []
  let done: [number, 'skipped' | 'unchanged' | null][] = []
  const held = new Map<number, readonly [SourceFile, Held, boolean]>()
  let timer: NodeJS.Timeout | undefined
  let isCancelled = false
  const synced = new Set(flushed)
  /**
   * Whether a part file is gone which the disk's own copy of the journal may still name with its bytes. Were another version
   * to take its place before that is mended, a loss of power could leave its bytes under the name of the one before, and
   * where a host answers by either version, both would end in one file.
   */
  let isFlushOwed = false

  /** Many small things make one line. */
  function gather(): void {
    clearTimeout(timer)
    timer = undefined
    if (begun.length > 0) file.add({ record: 'begun', items: begun })
    if (done.length > 0) file.add({ record: 'done', items: done })
    for (const [index, [version, { bytes, validator }, isSynced]] of held) {
      const { size, updatedAt } = version
      file.add({ record: 'held', index, bytes, validator, synced: isSynced, size, updatedAt })
      if (isSynced) synced.add(index)
    }
    begun = []
    done = []
    held.clear()
  }
  function soon(): void {
    timer ??= setTimeout(gather, gatherMilliseconds).unref()
  }

  return {
    path: file.path,
    onStarted() {
      isCancelled = false
      file.add({ record: 'over', state: 'again' })
    },
    onPlanned(first, files) {
      file.add({ record: 'plan', first, files: files.map((each) => [...each]) })
      file.add({ record: 'planned', count: first + files.length })
      file.write()
    },
    onBegun(item) {
      if (begun.length === 0)
        // Before the threads hear of it, and after all items of this turn: part files are never made unnamed.
        queueMicrotask(() => {
          gather()
          if (isFlushOwed) file.flush()
          else file.write()
          isFlushOwed = false
        })
      begun.push([item.index, item.partCopy])
    },
    onMade({ index, partCopy }) {
      file.add({ record: 'made', items: [[index, partCopy, null]] })
      file.write()
    },
    onTakenUp() {
      file.add({ record: 'boot', boot: bootName() })
      file.flush()
    },
    onHeld(item, bytes, isSynced) {
      const before = held.get(item.index)
      // A flushed count must not be lost under a newer one that is not.
      if (before?.[2] && !isSynced) gather()
      held.set(item.index, [item.file, bytes, isSynced])
      soon()
    },
    onDropped(index) {
      held.delete(index)
      if (synced.delete(index)) isFlushOwed = true
      file.add({ record: 'dropped', index })
    },
    onDone(item, note) {
      held.delete(item.index)
      synced.delete(item.index)
      done.push([item.index, note])
      soon()
    },
    onLanded({ place, size, updatedAt }) {
      file.add({ record: 'landed', place, size, updatedAt })
      file.write()
    },
    onPaused(paused) {
      file.add({ record: 'paused', paused })
    },
    onOver({ state }) {
      gather()
      isCancelled = state === 'cancelled'
      // A cancelled one can be tried again until the app is quit.
      if (state === 'failed' || state === 'cancelled') file.add({ record: 'over', state })
      // Nothing is left to go on with.
      else if (state === 'done') file.remove()
    },
    close() {
      gather()
      if (isCancelled) file.remove()
      else file.close()
    },
    remove() {
      clearTimeout(timer)
      file.remove()
    },
  }
}
