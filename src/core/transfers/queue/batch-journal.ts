import type { TransferState } from '../../../shared/models/transfer.ts'
import type { Held } from '../pump/messages.ts'
import type { Item } from './item.ts'

/** What a batch tells the journal, so that a later start of the app can go on. */
export type BatchJournal = {
  readonly onStarted: () => void
  /** Items are about to get part files. */
  readonly onBegun: (item: Item) => void
  /** A part file holds so much; `synced` bytes outlive a loss of power. */
  readonly onHeld: (item: Item, held: Held, synced: boolean) => void
  /** An item's part file is gone, or it is whole. */
  readonly onDone: (item: Item, note: 'skipped' | 'unchanged' | null) => void
  readonly onDropped: (item: Item) => void
  readonly onPaused: (paused: boolean) => void
  readonly onOver: (status: TransferState) => void
}

/** Keeps nothing. */
export const silentBatchJournal: BatchJournal = {
  onStarted() {},
  onBegun() {},
  onHeld() {},
  onDone() {},
  onDropped() {},
  onPaused() {},
  onOver() {},
}
