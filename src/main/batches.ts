import type { BrowserWindow } from 'electron'
import { isOver } from '../shared/ended.ts'
import type { Batch } from '../shared/models/transfer.ts'
import type { Emit } from './ipc.ts'
import { createEndWatcher, notifyOfEnd } from './notifications.ts'
import { createSleepGuard } from './power.ts'
import { showProgress } from './progress.ts'

export type BatchWatch = {
  /** Hears how all batches stand, and tells window, dock, system and person. */
  readonly onChange: (batches: readonly Batch[]) => void
  /** How many are not over, nor at rest. */
  readonly runningCount: () => number
}

/** Shows downloads wherever they are to be seen. */
export function watchBatches(options: {
  readonly window: () => BrowserWindow | null
  readonly emit: Emit
  /** Brings the window to the front, or opens one. */
  readonly bringUp: () => void
}): BatchWatch {
  const { window, emit, bringUp } = options
  const guardSleep = createSleepGuard()
  const findEnded = createEndWatcher()
  let latest: readonly Batch[] = []

  return {
    onChange(batches) {
      latest = batches
      emit('transfers:changed', [...batches])
      guardSleep(batches)
      const shown = window()
      if (shown) showProgress(shown, batches)
      for (const batch of findEnded(batches)) if (!shown?.isFocused()) notifyOfEnd(batch, bringUp)
    },
    runningCount: () => latest.filter(({ status }) => !isOver(status) && status.state !== 'paused').length,
  }
}
