import type { BrowserWindow } from 'electron'
import { isOver } from '../shared/ended.ts'
import type { Batch } from '../shared/models/transfer.ts'

type Bar = { readonly fraction: number; readonly mode: 'normal' | 'paused' | 'error' }

/** Shows all running downloads as one bar in the dock or taskbar. */
export function showProgress(window: BrowserWindow, batches: readonly Batch[]): void {
  const bar = overallProgress(batches)
  if (bar) window.setProgressBar(bar.fraction, { mode: bar.mode })
  else window.setProgressBar(-1)
}

/** What the bar shows, or null when nothing is under way. Above 1 is a bar without an end, for sizes nobody knows. */
export function overallProgress(batches: readonly Batch[]): Bar | null {
  const open = batches.filter((batch) => !isOver(batch.status))
  if (open.length === 0) return null
  const total = open.reduce((sum, batch) => sum + batch.totalBytes, 0)
  const received = open.reduce((sum, batch) => sum + batch.receivedBytes, 0)
  const mode = open.some((batch) => batch.status.state === 'waiting' && batch.status.until === null)
    ? 'error'
    : open.every((batch) => batch.status.state === 'paused')
      ? 'paused'
      : 'normal'
  return { fraction: total > 0 ? Math.min(1, received / total) : 2, mode }
}
