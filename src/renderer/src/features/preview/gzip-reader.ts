import { maximumReadBytes } from '../../../../shared/limits.ts'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchivePart, ArchiveReader } from './archive-entry.ts'
import { askWorker } from './ask-worker.ts'
import type { GunzipQuestion } from './gunzip.worker.ts'
import type { PreviewReader } from './preview-reader.ts'

/**
 * What is packed has no list and can't be jumped over: it is unpacked as far as it has been read, this much at first, so
 * that something is there soon, and then this much at a time.
 */
const firstLength = 1024 * 1024
const partLength = 8 * 1024 * 1024
/** No archive is read further than this. */
const maximumLength = 256 * 1024 * 1024

/** Lists a packed tar, or names the one file that a gzip holds. A worker unpacks and keeps nothing of the contents. */
export function createGzipReader(reader: PreviewReader, head: PreviewHead, name: string): ArchiveReader {
  const worker = new Worker(new URL('./gunzip.worker.ts', import.meta.url), { type: 'module' })
  const abort = new AbortController()
  let at = 0

  async function readPart(): Promise<{ bytes: Uint8Array; isLast: boolean }> {
    if (head.complete) return { bytes: head.firstBytes, isLast: true }
    const parts: Uint8Array[] = []
    const wanted = at === 0 ? firstLength : partLength
    let length = 0
    let isLast = false
    while (length < wanted && !isLast) {
      const { bytes, size } = await reader.read(at + length, Math.min(maximumReadBytes, wanted - length))
      parts.push(bytes)
      length += bytes.length
      isLast = bytes.length === 0 || (size !== null && at + length >= size)
    }
    return { bytes: new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()), isLast }
  }

  return {
    async next() {
      const { bytes, isLast } = await readPart()
      at += bytes.length
      const part = await askWorker<GunzipQuestion, ArchivePart>({
        worker,
        question: { bytes, isLast, name },
        milliseconds: 15_000,
        signal: abort.signal,
        problem: 'This archive takes too long to unpack. Download it to open it.',
        keep: true,
      })
      const isFarEnough = part.rest === 'more' && at >= maximumLength
      return { ...part, rest: isFarEnough ? 'cut' : part.rest, reached: at }
    },
    close() {
      abort.abort()
      worker.terminate()
    },
  }
}
