import { formatBytes } from '../core/format-bytes.ts'
import { formatCount, formatFiles } from '../core/format-count.ts'
import type { Output } from './output.ts'

/** How far a download has come. Sizes in bytes. */
export type Progress = {
  readonly doneCount: number
  readonly fileCount: number
  readonly receivedBytes: number
  readonly totalBytes: number
  /** Bytes a second. */
  readonly speed: number
  readonly secondsLeft: number | null
}

const barWidth = 24
const shortBarWidth = 10
const linesEveryMilliseconds = 2_000

export type ProgressBar = {
  readonly show: (progress: Progress) => void
  /** Says something between two states of the bar. */
  readonly note: (text: string) => void
  /** Shows how it ended, and leaves the line. */
  readonly end: (progress: Progress) => void
}

/**
 * Draws progress: a bar that is drawn over on a terminal, now and then a line in a pipe.
 *
 * What was shown as done stays done: a command that was stopped first ends what was begun, and then looks at all files.
 */
export function createProgress(output: Output, now: () => number = Date.now): ProgressBar {
  let lastLine = Number.NEGATIVE_INFINITY
  let lastSaid = ''
  let drawn = false
  let most: Progress | null = null

  /** Nothing moved meanwhile where it would be the same once more. */
  function say(line: string): void {
    if (line !== lastSaid) output.say(line)
    lastSaid = line
  }

  return {
    show(current) {
      const progress = most === null ? current : steady(most, current)
      most = progress
      if (output.isTerminal) {
        drawn = true
        output.draw(`\r\x1b[K${fitted(progress, output.columns())}`)
      } else if (now() - lastLine >= linesEveryMilliseconds) {
        lastLine = now()
        say(describe(progress))
      }
    },
    note(text) {
      if (drawn) output.draw('\r\x1b[K')
      output.say(text)
    },
    end(progress) {
      if (drawn) output.draw(`\r\x1b[K${fitted(progress, output.columns())}\n`)
      else say(describe(progress))
    },
  }
}

/** Keeps counts from falling back. What is left can't be told while what was done before is only looked at. */
function steady(before: Progress, now: Progress): Progress {
  const isBehind = now.doneCount < before.doneCount || now.receivedBytes < before.receivedBytes
  return {
    doneCount: Math.max(before.doneCount, now.doneCount),
    fileCount: Math.max(before.fileCount, now.fileCount),
    receivedBytes: Math.max(before.receivedBytes, now.receivedBytes),
    totalBytes: Math.max(before.totalBytes, now.totalBytes),
    speed: isBehind ? 0 : now.speed,
    secondsLeft: isBehind ? null : now.secondsLeft,
  }
}

/** A line that wraps can't be drawn over: the bar gives way first, then what is said last. */
function fitted(progress: Progress, columns: number): string {
  const parts = partsOf(progress)
  const words = parts.join(', ')
  const lines = [
    ...[barWidth, shortBarWidth].map((width) => `${bar(progress, width)} ${words}`),
    ...parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join(', ')),
  ]
  // Many terminals go on to the next line when the last column is filled.
  return lines.find((line) => line.length < columns) ?? (parts[0] ?? '').slice(0, Math.max(0, columns - 1))
}

function bar({ receivedBytes, totalBytes, doneCount, fileCount }: Progress, width: number): string {
  const share = totalBytes > 0 ? receivedBytes / totalBytes : fileCount > 0 ? doneCount / fileCount : 1
  const filled = Math.floor(Math.min(1, share) * width)
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`
}

export function describe(progress: Progress): string {
  return partsOf(progress).join(', ')
}

function partsOf(progress: Progress): readonly string[] {
  const { doneCount, fileCount, receivedBytes, totalBytes, speed, secondsLeft } = progress
  const parts = [
    `${formatCount(doneCount)} of ${formatFiles(fileCount)}`,
    totalBytes > 0 ? `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}` : formatBytes(receivedBytes),
  ]
  if (speed > 0) parts.push(`${formatBytes(speed)}/s`)
  if (secondsLeft !== null && secondsLeft >= 1) parts.push(`${formatSeconds(secondsLeft)} left`)
  return parts
}

function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`
}
