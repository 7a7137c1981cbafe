import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchivePart, ArchiveReader } from './archive-entry.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import { findZipDirectory, readZipDirectory, type ZipDirectory, zipTailLength } from './zip-directory.ts'

/** Of a long list, as much as this is read at a time. */
const partLength = 2 * 1024 * 1024

/** Lists a zip by the directory at its end: nothing else of it is fetched. */
export function createZipReader(reader: PreviewReader, head: PreviewHead): ArchiveReader {
  let directory: ZipDirectory | null = null
  let consumed = 0

  async function find(): Promise<ZipDirectory> {
    const { size, complete } = head
    if (size === null) throw new PreviewProblem('This archive can’t be listed, since its size is not known.')
    if (!complete && !head.canRange)
      throw new PreviewProblem(
        'This archive can’t be listed: its list is at the end, and this server sends files whole.',
      )
    const tail = await bytesAt(reader, head, Math.max(0, size - zipTailLength), zipTailLength)
    const found = findZipDirectory(tail, size)
    if (!found) throw new PreviewProblem('This archive is broken: its list of contents can’t be found.')
    return found
  }

  return {
    async next(): Promise<ArchivePart> {
      directory ??= await find()
      const left = directory.length - consumed
      if (left <= 0) return { entries: [], rest: 'none', reached: null }
      const bytes = await bytesAt(reader, head, directory.from + consumed, Math.min(left, partLength))
      const { entries, length } = readZipDirectory(bytes)
      if (entries.length === 0 && consumed === 0)
        throw new PreviewProblem('This archive is broken: its list of contents can’t be read.')
      consumed += length
      const isAll = consumed >= directory.length
      return {
        entries,
        rest: isAll ? 'none' : entries.length > 0 && bytes.length < left ? 'more' : 'cut',
        reached: null,
      }
    },
    close() {},
  }
}

async function bytesAt(reader: PreviewReader, head: PreviewHead, from: number, length: number): Promise<Uint8Array> {
  return head.complete ? head.firstBytes.subarray(from, from + length) : (await reader.read(from, length)).bytes
}
