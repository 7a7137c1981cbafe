import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchivePart, ArchiveReader } from './archive-entry.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import { createTarScanner } from './tar-scanner.ts'

/** Bytes of each read, and how many reads there are at a time: the contents between two headers are passed over. */
const readLength = 256 * 1024
const readsAtOnce = 16
const maximumEntries = 200_000

/** Lists a tar, which has no list: its headers stand before each file, so that large files are jumped over by Range. */
export function createTarReader(reader: PreviewReader, head: PreviewHead): ArchiveReader {
  const scanner = createTarScanner(maximumEntries)
  let at = 0
  let told = 0

  async function readAt(from: number): Promise<Uint8Array> {
    if (from < head.firstBytes.length) return head.firstBytes.subarray(from)
    return head.complete ? new Uint8Array() : (await reader.read(from, readLength)).bytes
  }

  return {
    async next(): Promise<ArchivePart> {
      let isOver = false
      for (let reads = 0; reads < readsAtOnce && !isOver; reads += 1) {
        const bytes = await readAt(at)
        at += bytes.length
        isOver = bytes.length === 0 || !scanner.push(bytes)
        if (head.canRange) at += scanner.passOver()
      }
      if (!scanner.isTar()) throw new PreviewProblem('This archive is broken: it can’t be read.')
      const entries = scanner.entries().slice(told)
      told += entries.length
      // Some programs leave out the mark at the end.
      const isWhole = scanner.isWhole() || (isOver && at === head.size && scanner.isBetweenEntries())
      return { entries, rest: isWhole ? 'none' : isOver ? 'cut' : 'more', reached: at }
    },
    close() {},
  }
}
