import { app, Notification } from 'electron'
import { formatFiles } from '../core/format-count.ts'
import { assertNever } from '../shared/assert-never.ts'
import type { Batch } from '../shared/models/transfer.ts'

/** A batch this quick needs no telling. Milliseconds. */
const shortest = 10_000

export type EndWatcher = (batches: readonly Batch[]) => readonly Batch[]

/** Finds the batches that have ended since the last look, and took long enough to be told of. */
export function createEndWatcher(): EndWatcher {
  const running = new Set<string>()
  return (batches) => {
    const ended = batches.filter((batch) => batch.endedAt !== null && running.delete(batch.id))
    for (const batch of batches) if (batch.endedAt === null) running.add(batch.id)
    return ended.filter((batch) => (batch.endedAt ?? 0) - batch.startedAt >= shortest)
  }
}

/** What is on show; without being held, one could be collected before it is clicked. */
const shown = new Set<Notification>()

/** Names the app to Windows, which shows notifications of apps that it knows only. */
export function registerForNotifications(): void {
  if (process.platform === 'win32') app.setAppUserModelId('ai.asteroid.files')
}

/** Tells of an ended batch through the system. */
export function notifyOfEnd(batch: Batch, onClick: () => void): void {
  const text = endSentence(batch)
  if (text === null || !Notification.isSupported()) return
  const notification = new Notification({ title: batch.title, body: text, silent: true })
  shown.add(notification)
  notification.on('click', onClick)
  notification.on('close', () => shown.delete(notification))
  notification.show()
}

/** How a batch ended, in a sentence; null when the person ended it. */
export function endSentence({ kind, status, doneCount, skippedCount, failedCount, failures }: Batch): string | null {
  switch (status.state) {
    case 'done':
      return doneSentence(doneCount - skippedCount, skippedCount)
    case 'failed':
      // As a whole, with no file to blame: such an archive does not exist.
      if (failedCount === 0 || (kind === 'archive' && failures.every(({ error }) => error !== status.error)))
        return kind === 'archive' ? `No archive was made: ${status.error.message}` : status.error.message
      return `${formatFiles(failedCount)} could not be downloaded; ${formatFiles(doneCount)} could.`
    case 'cancelled':
    case 'queued':
    case 'running':
    case 'paused':
    case 'waiting':
    case 'verifying':
      return null
    default:
      return assertNever(status)
  }
}

/** Files that were there already, or that the person keeps as they are, did not come. */
function doneSentence(brought: number, left: number): string {
  if (left === 0) return `Downloaded ${formatFiles(brought)}.`
  return brought === 0
    ? `Nothing new: ${formatFiles(left)} left as they were.`
    : `Downloaded ${formatFiles(brought)}; ${formatFiles(left)} left as they were.`
}
