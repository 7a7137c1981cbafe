import { directoryRecord, type ZipEntry } from './zip-records.ts'

/** The records of the entries that are whole, until they are written behind the last of them. */
export type ZipDirectory = {
  readonly add: (entry: ZipEntry) => void
  readonly count: () => number
  /** All records, in order, in few pieces. */
  readonly blocks: () => readonly Uint8Array[]
}

const blockBytes = 64 * 1024

/** Lays records into blocks: a small buffer of its own would keep all of Node's pool alive that it was cut from. */
export function createZipDirectory(): ZipDirectory {
  const full: Uint8Array[] = []
  let block = Buffer.allocUnsafeSlow(blockBytes)
  let used = 0
  let count = 0
  return {
    add(entry) {
      const record = directoryRecord(entry)
      if (used + record.length > block.length) {
        full.push(block.subarray(0, used))
        block = Buffer.allocUnsafeSlow(Math.max(blockBytes, record.length))
        used = 0
      }
      used += record.copy(block, used)
      count += 1
    },
    count: () => count,
    blocks: () => [...full, block.subarray(0, used)],
  }
}
