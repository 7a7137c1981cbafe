import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { SourceFile } from '../core/transfers/file-source.ts'
import { safeName } from '../core/transfers/target-path.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'
import type { LocalCopy, Transfer } from '../shared/models/transfer.ts'
import { isSameExecution } from '../shared/same-execution.ts'

/** Batches and files that are looked through, the newest first: a copy made again costs less than a long search. */
const maximumBatches = 20
const maximumFiles = 1_000

type Queue = Pick<Transfers, 'list' | 'files' | 'placeOf'>
type Download = { readonly place: string; readonly transfer: Transfer }

/** Where a download of the same version of a file lies, unless it was changed or moved since; null when nowhere. */
export async function findFinishedCopy(transfers: Queue, execution: ExecutionKey, file: SourceFile) {
  for (const { place } of downloadsOf(transfers, execution, file)) if (await isSameVersion(place, file)) return place
  return null
}

/**
 * Where a download of a whole folder lies, with the same versions of all its files and nothing else in it; null when
 * nowhere. `depth` tells how many leading names of the files are those of the folder.
 */
export async function findFinishedFolder(
  transfers: Queue,
  execution: ExecutionKey,
  files: readonly SourceFile[],
  depth: number,
): Promise<string | null> {
  const [first] = files
  if (!first || files.length > maximumFiles) return null
  for (const { id, done } of finishedBatches(transfers, execution)) {
    const placeOf = ({ path: name }: SourceFile) => {
      const transfer = done.get(name)
      return transfer ? transfers.placeOf(id, transfer.index) : null
    }
    const folder = folderOf(placeOf(first), first, depth)
    if (folder === null || path.basename(folder) !== safeName(first.segments[depth - 1] ?? '')) continue
    if (await holdsExactly(folder, files, placeOf)) return folder
  }
  return null
}

function folderOf(place: string | null, { segments }: SourceFile, depth: number): string | null {
  return place && path.resolve(place, ...segments.slice(depth).map(() => '..'))
}

async function holdsExactly(
  folder: string,
  files: readonly SourceFile[],
  placeOf: (file: SourceFile) => string | null,
): Promise<boolean> {
  for (const file of files) {
    const place = placeOf(file)
    if (!place?.startsWith(folder + path.sep) || !(await isSameVersion(place, file))) return false
  }
  const there = await readdir(folder, { recursive: true, withFileTypes: true })
  return there.filter((entry) => !entry.isDirectory()).length === files.length
}

/**
 * The copy of a file that was downloaded, and whether it is still the same; one that is goes before newer ones that are
 * not. After a start of the app the queue may know of none: then one that lies in the folder for downloads, with the
 * file's own name, size and time, is it.
 */
export async function findLocalCopy(
  transfers: Queue,
  execution: ExecutionKey,
  file: SourceFile,
  downloadFolder: string,
): Promise<LocalCopy | null> {
  const same = await findFinishedCopy(transfers, execution, file)
  if (same) return { place: same, state: 'same' }
  const [newest] = downloadsOf(transfers, execution, file)
  if (newest) return { place: newest.place, state: await differenceOf(newest, file) }
  const usual = path.join(downloadFolder, safeName(file.segments.at(-1) ?? ''))
  return (await isSameVersion(usual, file)) ? { place: usual, state: 'same' } : null
}

/** The downloads of a file, whatever its version, that came to their end. */
function* downloadsOf(transfers: Queue, execution: ExecutionKey, file: SourceFile): Generator<Download> {
  for (const { id, done } of finishedBatches(transfers, execution)) {
    const transfer = done.get(file.path)
    const place = transfer && transfers.placeOf(id, transfer.index)
    if (place) yield { place, transfer }
  }
}

type FinishedBatch = { readonly id: string; readonly done: ReadonlyMap<string, Transfer> }

/** What came to its end of the batches of a run, by its path; a batch is read through only when it is asked for. */
function* finishedBatches(transfers: Queue, execution: ExecutionKey): Generator<FinishedBatch> {
  const batches = transfers
    .list()
    .filter((batch) => batch.kind !== 'archive' && isSameExecution(batch, execution))
    .toSorted((a, b) => b.startedAt - a.startedAt)
  for (const { id } of batches.slice(0, maximumBatches)) {
    const { total } = transfers.files(id, 0, 0)
    // Those that are done come last.
    const last = transfers.files(id, Math.max(0, total - maximumFiles), total).transfers
    const done = last.filter(({ status }) => status.state === 'done')
    yield { id, done: new Map(done.map((transfer) => [transfer.path, transfer])) }
  }
}

/** A download carries the time of the version that it is of; one with an earlier time was left alone since. */
async function differenceOf({ place, transfer }: Download, file: SourceFile): Promise<LocalCopy['state']> {
  const stats = await lstat(place).catch(() => null)
  if (!stats) return 'gone'
  const isAsDownloaded = stats.isFile() && stats.size === transfer.size && stats.mtimeMs < Date.parse(file.updatedAt)
  return isAsDownloaded ? 'older' : 'changed'
}

async function isSameVersion(place: string, { size, updatedAt }: SourceFile): Promise<boolean> {
  const stats = await lstat(place).catch(() => null)
  const time = Date.parse(updatedAt)
  return stats?.isFile() === true && stats.size === size && Math.abs(stats.mtimeMs - time) < 2_000
}
