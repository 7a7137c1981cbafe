import { powerMonitor, powerSaveBlocker } from 'electron'
import type { Batch } from '../shared/models/transfer.ts'

/** Keeps the computer from falling asleep while something runs; answers what to tell of every change. */
export function createSleepGuard(): (batches: readonly Batch[]) => void {
  let blocker: number | null = null
  return (batches) => {
    const busy = batches.some(({ status }) => status.state === 'running' || status.state === 'verifying')
    if (busy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!busy && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}

/** Tells when the computer is back from sleep. */
export function onWake(listener: () => void): void {
  powerMonitor.on('resume', listener)
}
