import { closeSync, fdatasync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { toLine } from './lines.ts'
import type { JournalRecord } from './records.ts'

export type JournalFile = {
  readonly path: string
  /** Keeps a line for the next write. */
  readonly add: (record: JournalRecord) => void
  /** Hands all lines to the system, so that they outlive this process. */
  readonly write: () => void
  /** Brings all lines to the disk, so that they outlive a loss of power. */
  readonly flush: () => void
  readonly close: () => void
  /** Forgets the batch: nothing of it is left to go on with. */
  readonly remove: () => void
}

const writeEveryMilliseconds = 200
const flushEveryMilliseconds = 2_000
/** Of what could not be written. More is not kept in memory: the disk may never take it. */
const mostKept = 4 * 1024 * 1024

/** Opens a journal to append to. A disk that refuses it costs the memory of the batch, never the batch. */
export function openJournalFile(path: string, onFailure: (thrown: unknown) => void): JournalFile {
  let descriptor: number | null = null
  let lines: string[] = []
  let isFlushed = true
  let flushing = false
  let writeTimer: NodeJS.Timeout | undefined
  let flushTimer: NodeJS.Timeout | undefined

  function attempt(work: () => void): void {
    try {
      work()
    } catch (thrown) {
      onFailure(thrown)
    }
  }
  attempt(() => {
    descriptor = openSync(path, 'a', 0o600)
  })

  function write(): void {
    clearTimeout(writeTimer)
    writeTimer = undefined
    if (lines.length === 0) return
    const bytes = Buffer.from(lines.join(''))
    let written = 0
    lines = []
    attempt(() => {
      while (descriptor !== null && written < bytes.length) written += writeSync(descriptor, bytes, written)
    })
    if (written < bytes.length) keepForLater(bytes, written)
    isFlushed = false
    flushTimer ??= setTimeout(flushInBackground, flushEveryMilliseconds).unref()
  }

  /** A full disk may have room again. What it took of a line is ended there, or it would spoil the next one. */
  function keepForLater(bytes: Buffer, written: number): void {
    if (descriptor === null || bytes.length > mostKept) return
    const torn = written === 0 ? 0 : bytes.lastIndexOf('\n', written - 1) + 1
    lines = [torn < written ? '\n' : '', bytes.toString('utf8', torn)]
  }

  function flushInBackground(): void {
    flushTimer = undefined
    if (descriptor === null || isFlushed) return
    isFlushed = true
    flushing = true
    const mine = descriptor
    fdatasync(mine, () => {
      flushing = false
      // Closed while the disk was busy.
      if (descriptor === null) closeSync(mine)
    })
  }

  function close(): void {
    clearTimeout(writeTimer)
    clearTimeout(flushTimer)
    const mine = descriptor
    descriptor = null
    if (mine !== null && !flushing) closeSync(mine)
  }

  return {
    path,
    add(record) {
      lines.push(toLine(record))
      writeTimer ??= setTimeout(write, writeEveryMilliseconds).unref()
    },
    write,
    flush() {
      write()
      attempt(() => descriptor !== null && fdatasyncSync(descriptor))
      isFlushed = true
    },
    close() {
      write()
      attempt(() => descriptor !== null && fdatasyncSync(descriptor))
      close()
    },
    remove() {
      lines = []
      close()
      attempt(() => rmSync(path, { force: true }))
    },
  }
}
