import { mkdirSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Logger } from '../../log/logger.ts'
import type { SourceFile } from '../file-source.ts'
import { type BatchJournal, createBatchJournal } from './batch-journal.ts'
import { bootName } from './boot.ts'
import { type JournalFile, openJournalFile } from './journal-file.ts'
import { toLine } from './lines.ts'
import type { BatchRecord, JournalRecord } from './records.ts'
import { type Remembered, remember } from './remembered.ts'

/** The folder with one journal a batch. */
export type JournalFolder = {
  /** Starts a journal, and writes the plan in the background: the files that it is about. */
  readonly begin: (batch: BatchRecord, files: AsyncIterable<readonly SourceFile[]>) => BatchJournal
  /** What earlier starts of the app left, the oldest first. */
  readonly remembered: () => Promise<readonly Remembered[]>
  /** What is written of a batch so far. */
  readonly read: (id: string) => Promise<Remembered | null>
  /** Goes on with a journal, rewritten without what is out of date. */
  readonly goOn: (remembered: Remembered) => Promise<BatchJournal>
  readonly forget: (id: string) => Promise<void>
}

const ending = '.journal'
const donePerLine = 1_000
const planPerLine = 200

/** Keeps journals in a folder, which only this app uses. */
export function createJournalFolder(folder: string, log: Logger): JournalFolder {
  const open = new Map<string, JournalFile>()
  const fileOf = (id: string) => path.join(folder, `${id}${ending}`)
  const onFailure = (error: unknown) => log.warn('A transfer’s journal could not be written.', { error })

  function openFile(id: string): JournalFile {
    mkdirSync(folder, { recursive: true })
    const file = openJournalFile(fileOf(id), onFailure)
    open.set(id, file)
    return file
  }

  async function read(id: string): Promise<Remembered | null> {
    open.get(id)?.write()
    return remember(await readFile(fileOf(id), 'utf8').catch(() => ''))
  }

  return {
    begin(batch, files) {
      const file = openFile(batch.id)
      file.add(batch)
      file.add({ record: 'boot', boot: bootName() })
      file.flush()
      writePlan(file, files).catch((error) => log.warn('A transfer’s plan could not be written.', { error }))
      return createBatchJournal(file)
    },
    async remembered() {
      const names = await readdir(folder).catch(() => [])
      const found: Remembered[] = []
      for (const name of names) {
        const batch = name.endsWith(ending) ? await read(name.slice(0, -ending.length)) : null
        // Torn before its first line was whole, or left over from rewriting one: nothing was begun under it.
        if (batch === null) await rm(path.join(folder, name), { force: true })
        else found.push(batch)
      }
      return found.sort((a, b) => a.batch.startedAt - b.batch.startedAt)
    },
    read,
    async goOn(remembered) {
      const lines = [...compacted(remembered)].map(toLine)
      await writeFileAtomic(fileOf(remembered.batch.id), lines.join(''), { mode: 0o600 })
      return createBatchJournal(openFile(remembered.batch.id))
    },
    async forget(id) {
      await rm(fileOf(id), { force: true })
    },
  }
}

/** Writes down which files a batch is about, so that a restart knows them without the listing. */
async function writePlan(file: JournalFile, files: AsyncIterable<readonly SourceFile[]>): Promise<void> {
  let first = 0
  for await (const some of files) {
    file.add({
      record: 'plan',
      first,
      files: some.map(({ id, path: at, size, updatedAt }) => [id, at, size, updatedAt]),
    })
    first += some.length
    file.write()
  }
  file.add({ record: 'planned', count: first })
  file.write()
}

function* compacted({ batch, plan, isPlanWhole, begun, held, done, paused }: Remembered): Generator<JournalRecord> {
  yield batch
  yield { record: 'boot', boot: bootName() }
  for (let first = 0; first < plan.length; first += planPerLine) {
    const files = plan.slice(first, first + planPerLine)
    if (files.every((file) => file !== undefined))
      yield { record: 'plan', first, files: files.map((file) => [...file]) }
    else
      for (const [offset, file] of files.entries())
        if (file) yield { record: 'plan', first: first + offset, files: [[...file]] }
  }
  if (isPlanWhole) yield { record: 'planned', count: plan.length }
  const finished = [...done]
  for (let at = 0; at < finished.length; at += donePerLine)
    yield { record: 'done', items: finished.slice(at, at + donePerLine) }
  if (begun.size > 0) yield { record: 'begun', items: [...begun] }
  for (const [index, { bytes, validator, synced, size, updatedAt }] of held) {
    const version = { index, validator, size, updatedAt }
    if (synced > 0) yield { record: 'held', ...version, bytes: synced, synced: true }
    yield { record: 'held', ...version, bytes, synced: false }
  }
  if (paused) yield { record: 'paused', paused }
}
