import { formatCount } from '../core/format-count.ts'
import type { Downloaded } from './download.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'
import { printable } from './printable.ts'

const shownNames = 20

/** Names the files that failed, and why. */
export function reportFailures({ batch }: Downloaded, output: Output): void {
  const { status, failures, failedCount, doneCount, fileCount } = batch
  if (status.state === 'failed' && failures.length === 0) output.say(status.error.message)
  for (const { path, error } of failures)
    output.say(printable(error.message.includes(`“${path}”`) ? error.message : `${path}: ${error.message}`))
  if (failedCount > failures.length) output.say(`${formatCount(failedCount - failures.length)} more files failed.`)
  const untried = status.state === 'failed' ? fileCount - doneCount - failedCount : 0
  if (untried > 0)
    output.say(untried === 1 ? 'One file was not tried.' : `${formatCount(untried)} files were not tried.`)
}

/** Says which of the files that came lie under another name than the run has for them. */
export function reportRenames({ batch, transfers }: Downloaded, output: Output): void {
  const renamed = transfers.filter(({ renamed, status }) => renamed && status.state === 'done' && status.note === null)
  // Two forms of the same letters look the same: there is nothing to tell.
  const visible = renamed.filter(({ path, target }) => path.normalize() !== target.normalize())
  const renamedCount = batch.renamedCount - (renamed.length - visible.length)
  if (renamedCount === 0) return
  const files =
    renamedCount === 1
      ? 'One file was given another name, because its own is'
      : `${formatCount(renamedCount)} files were given other names, because their own are`
  output.say(`${files} taken, or not allowed on every system:`)
  for (const { path, target } of visible.slice(0, shownNames)) output.say(printable(`  ${path} -> ${target}`))
  if (renamedCount > shownNames) output.say(`  and ${formatCount(renamedCount - shownNames)} more`)
}

/** Says where the files are, and which were there before. */
export function reportPlace({ batch, takenUp }: Downloaded, output: Output): void {
  const { doneCount, fileCount, skippedCount, target } = batch
  if (fileCount === 0) output.say('There are no files to download.')
  if (doneCount === 0) return
  const before = Math.max(0, skippedCount - takenUp)
  const files = doneCount === 1 ? 'One file is' : `${formatCount(doneCount)} files are`
  output.say(`${files} in “${printable(target)}”${fromBefore(before, doneCount)}.`)
}

/** How many of the files were there before, as the end of a sentence. */
function fromBefore(before: number, doneCount: number): string {
  if (before === 0) return ''
  if (before === doneCount) return `, and ${before === 1 ? 'was' : 'were'} there already`
  return `; ${formatCount(before)} of them ${before === 1 ? 'was' : 'were'} there already`
}

/** Says what was brought into a folder that is kept in step, and what was left as the person has it. */
export function reportPull(downloaded: Downloaded, output: Output): void {
  const { batch, transfers } = downloaded
  const { done, skipped } = totalsOf(downloaded)
  output.say(`${formatCount(done)} brought, ${formatCount(skipped)} left as they were.`)
  const ownCount = batch.skippedCount - batch.unchangedCount
  if (ownCount === 0) return
  const own = transfers
    .filter(({ status }) => status.state === 'done' && status.note === 'skipped')
    .slice(0, shownNames)
  output.say('Left alone, because they were changed here:')
  for (const { path } of own) output.say(printable(`  ${path}`))
  if (ownCount > own.length) output.say(`  and ${formatCount(ownCount - own.length)} more`)
}

/**
 * What a download came to, as `--json` prints it. `bytes` is what is on disk, whenever it came.
 *
 * What is `left` was neither done, failed nor skipped: it goes on with the same command.
 */
export function totalsOf({ batch, takenUp, stoppedBy }: Downloaded) {
  const { doneCount, skippedCount, failedCount, fileCount, receivedBytes } = batch
  const left = Math.max(0, fileCount - doneCount - failedCount)
  const done = Math.min(doneCount, doneCount - skippedCount + takenUp)
  return { done, failed: failedCount, skipped: doneCount - done, bytes: receivedBytes, left, stoppedBy }
}

/** The exit status that a download ends in. */
export function statusOf({ batch, stoppedBy }: Downloaded): number {
  if (stoppedBy === 'interrupted') return exitStatus.interrupted
  if (stoppedBy === 'key') return exitStatus.key
  return batch.status.state === 'done' ? exitStatus.done : exitStatus.someFailed
}
