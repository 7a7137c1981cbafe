import { File, Folder, Lock } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { formatCount } from '../../format/count.ts'
import { formatSize } from '../../format/size.ts'
import { formatFullTime } from '../../format/time.ts'
import { classes } from '../../ui/classes.ts'
import type { ArchiveListing } from './archive-entry.ts'
import { askWorker } from './ask-worker.ts'
import type { GunzipQuestion } from './gunzip.worker.ts'
import styles from './preview.module.css'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import { createTarScanner } from './tar-scanner.ts'
import type { ViewProps } from './view-props.ts'
import { VirtualList } from './virtual-list.tsx'
import { findZipDirectory, maximumDirectoryLength, readZipDirectory, zipTailLength } from './zip-directory.ts'

/** Of a packed archive, no more than this is fetched to list what is in it. */
const packedPart = 8 * 1024 * 1024

/** What an archive holds: nothing is unpacked to disk. */
export function ArchiveView({ reader, head, name, fallBack }: ViewProps) {
  const [listing, setListing] = useState<ArchiveListing | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    listArchive(reader, head, name, abort.signal).then(
      (found) => abort.signal.aborted || setListing(found),
      (thrown: unknown) => {
        const isKnown = thrown instanceof PreviewProblem
        if (!abort.signal.aborted) fallBack('bytes', isKnown ? thrown.message : 'This archive could not be read.')
      },
    )
    return () => abort.abort()
  }, [reader, head, name, fallBack])

  const summary = useMemo(() => listing && summarise(listing), [listing])
  if (!listing) return <p className={styles.sentence}>Reading the archive…</p>
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <span className={styles.quiet}>{summary}</span>
      </div>
      <VirtualList label={`Contents of ${name}`} count={listing.entries.length} rowHeight={24}>
        {(index) => {
          const entry = listing.entries[index]
          if (!entry) return null
          const Icon = entry.isLocked ? Lock : entry.isFolder ? Folder : File
          return (
            <div className={styles.entry}>
              <Icon size={14} aria-hidden />
              <span className={styles.entryName}>{entry.name}</span>
              <span className={classes(styles.quiet, styles.entryTime)}>
                {entry.updatedAt === null ? '' : formatFullTime(entry.updatedAt)}
              </span>
              <span className={styles.entrySize}>
                {entry.size === null || entry.isFolder ? '' : formatSize(entry.size)}
              </span>
            </div>
          )
        }}
      </VirtualList>
    </div>
  )
}

function summarise({ entries, isWhole }: ArchiveListing): string {
  const files = entries.filter((entry) => !entry.isFolder)
  const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0)
  const total = `${formatCount(files.length, 'file')}, ${formatSize(size)} unpacked`
  return isWhole ? total : `The first ${total}; there may be more`
}

async function listArchive(
  reader: PreviewReader,
  head: PreviewHead,
  name: string,
  signal: AbortSignal,
): Promise<ArchiveListing> {
  if (head.foundMime === 'application/gzip') {
    const part = await readStart(reader, head)
    const worker = new Worker(new URL('./gunzip.worker.ts', import.meta.url), { type: 'module' })
    return askWorker<GunzipQuestion, ArchiveListing>({
      worker,
      question: { ...part, name },
      milliseconds: 15_000,
      signal,
      problem: 'This archive takes too long to unpack. Download it to open it.',
    })
  }
  return head.foundMime === 'application/x-tar' ? listTar(reader, head) : listZip(reader, head)
}

/** The first few megabytes, in as few reads as it takes. */
async function readStart(reader: PreviewReader, head: PreviewHead) {
  if (head.complete) return { bytes: head.firstBytes, isWhole: true }
  const { bytes, size } = await reader.read(0, 4 * 1024 * 1024)
  if (size !== null && bytes.length >= size) return { bytes, isWhole: true }
  const next = await reader.read(bytes.length, packedPart - bytes.length)
  const both = new Uint8Array(bytes.length + next.bytes.length)
  both.set(bytes)
  both.set(next.bytes, bytes.length)
  return { bytes: both, isWhole: size !== null && both.length >= size }
}

/** The list stands at the end of a zip: only that is fetched. */
async function listZip(reader: PreviewReader, head: PreviewHead): Promise<ArchiveListing> {
  const { size } = head
  if (size === null) throw new PreviewProblem('This archive can’t be listed, since its size is not known.')
  if (!head.complete && !head.canRange)
    throw new PreviewProblem('This archive can’t be listed: its list is at the end, and this server sends files whole.')
  const tailFrom = Math.max(0, size - zipTailLength)
  const tail = head.complete ? head.firstBytes.subarray(tailFrom) : (await reader.read(tailFrom, zipTailLength)).bytes
  const directory = findZipDirectory(tail, size)
  if (!directory) throw new PreviewProblem('This archive is broken: its list of contents can’t be found.')
  if (directory.length === 0) return { entries: [], isWhole: true }
  const length = Math.min(directory.length, maximumDirectoryLength)
  const bytes = head.complete
    ? head.firstBytes.subarray(directory.from, directory.from + length)
    : (await reader.read(directory.from, length)).bytes
  const listing = readZipDirectory(bytes, directory.count)
  if (listing.entries.length === 0 && directory.count > 0)
    throw new PreviewProblem('This archive is broken: its list of contents can’t be read.')
  return listing
}

/** A tar has no list: its headers stand before each file. What has been read is searched, and some more. */
async function listTar(reader: PreviewReader, head: PreviewHead): Promise<ArchiveListing> {
  const scanner = createTarScanner(20_000)
  const { bytes } = await readStart(reader, head)
  scanner.push(bytes)
  if (!scanner.isTar()) throw new PreviewProblem('This archive is broken: it can’t be read.')
  return { entries: scanner.entries(), isWhole: scanner.isWhole() }
}
