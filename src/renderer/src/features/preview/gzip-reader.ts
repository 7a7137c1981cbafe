import { maximumReadBytes } from '../../../../shared/limits.ts'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchiveReader } from './archive-entry.ts'
import type { PreviewReader } from './preview-reader.ts'
import type { Unpacking } from './unpack-in-worker.ts'

/**
 * What is packed has no list and can't be jumped over: it is unpacked as far as it has been read, this much at first, so
 * that something is there soon, and then this much at a time.
 */
const firstLength = 1024 * 1024
const partLength = 8 * 1024 * 1024
/** No archive is read further than this. */
const maximumLength = 256 * 1024 * 1024

/** Lists a packed tar, or names the one file that a gzip holds. */
export function createGzipReader(reader: PreviewReader, head: PreviewHead, unpacking: Unpacking): ArchiveReader {
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
      try {
        const part = await unpacking.unpack(bytes, isLast)
        at += bytes.length
        const isFarEnough = part.rest === 'more' && at >= maximumLength
        return { ...part, rest: isFarEnough ? 'cut' : part.rest, reached: at }
      } catch (thrown) {
        // Who unpacks is gone then, and with it what came before: what is listed stays, and there is no more to come.
        if (at === 0) throw thrown
        return { entries: [], rest: 'cut', reached: at }
      }
    },
    close: unpacking.end,
  }
}
