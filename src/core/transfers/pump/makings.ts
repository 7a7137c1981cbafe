import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { toLine } from '../journal/lines.ts'
import type { JournalRecord } from '../journal/records.ts'
import type { Making } from './messages.ts'

/**
 * Writes into the journals which part files were made. A thread does it itself, right after the making: were it left to the
 * thread of the queue, a kill meanwhile would leave bytes that no one could tell from a person's own file.
 */
export type Makings = {
  /** `inode` tells the part file again once it has another name. */
  readonly write: (making: Making, inode: number) => void
  /** Lets go of the journals, until the next is written. */
  readonly close: () => void
}

/** Begins with no journal open. */
export function createMakings(): Makings {
  const open = new Map<string, number>()

  function descriptorOf(path: string): number {
    const known = open.get(path)
    if (known !== undefined) return known
    // A journal that is gone stays gone: its batch was cancelled.
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND)
    open.set(path, descriptor)
    return descriptor
  }

  return {
    write({ path, index, partCopy }, inode) {
      const record: JournalRecord = { record: 'made', items: [[index, partCopy, inode]] }
      try {
        writeSync(descriptorOf(path), toLine(record))
      } catch {
        // As with the rest of the journal: a disk that refuses it costs the memory of the file, never the file.
      }
    },
    close() {
      for (const descriptor of open.values()) closeSync(descriptor)
      open.clear()
    },
  }
}
