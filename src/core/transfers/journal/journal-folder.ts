import { mkdirSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
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
  /** What is written of a batch so far, once its plan is. */
  readonly read: (id: string) => Promise<Remembered | null>
  /** Goes on with a journal, rewritten without what is out of date. */
  readonly goOn: (remembered: Remembered) => Promise<BatchJournal>
  readonly forget: (id: string) => Promise<void>
}

const ending = '.journal'
const brokenEnding = '.broken'
/** What writing a journal anew is done under, until it takes the old one's place. */
const rewriting = /\.journal\.\d+$/
const donePerLine = 1_000
const planPerLine = 200

/** Keeps journals in a folder, which only this app uses. */
export function createJournalFolder(folder: string, log: Logger): JournalFolder {
  const open = new Map<string, JournalFile>()
  const planning = new Map<string, Promise<void>>()
  const fileOf = (id: string) => path.join(folder, `${id}${ending}`)
  const onFailure = (error: unknown) => log.warn('A transfer’s journal could not be written.', { error })

  function openFile(id: string): JournalFile {
    mkdirSync(folder, { recursive: true })
    const file = openJournalFile(fileOf(id), onFailure)
    open.set(id, file)
    return file
  }

  async function read(id: string): Promise<Remembered | null> {
    await planning.get(id)
    open.get(id)?.write()
    return remember(await readFile(fileOf(id), 'utf8').catch(() => ''))
  }

  /** A journal as an earlier start left it; null when it tells nothing. */
  async function readLeft(file: string): Promise<Remembered | null> {
    try {
      const content = await readFile(file, 'utf8')
      const found = remember(content)
      if (found) return found
      // Its first lines are flushed before anything is begun: torn before that, there is nothing to remember.
      if (content.includes('\n')) await putAside(file, 'damaged')
      else await rm(file, { force: true })
    } catch (error) {
      await putAside(file, error)
    }
    return null
  }

  /** What can't be read is kept: it names part files, and tells what was to come. */
  async function putAside(file: string, error: unknown): Promise<void> {
    log.error('A transfer’s journal could not be read, and is kept under another name.', { file, error })
    await rename(file, `${file}${brokenEnding}`).catch((thrown) =>
      log.warn('A transfer’s journal could not be renamed.', { error: thrown }),
    )
  }

  return {
    begin(batch, files) {
      const file = openFile(batch.id)
      file.add(batch)
      file.add({ record: 'boot', boot: bootName() })
      file.flush()
      const onPlanFailure = (error: unknown) => log.warn('A transfer’s plan could not be written.', { error })
      planning.set(
        batch.id,
        writePlan(file, files)
          .catch(onPlanFailure)
          .finally(() => planning.delete(batch.id)),
      )
      return createBatchJournal(file)
    },
    async remembered() {
      const names = await readdir(folder).catch(() => [])
      const found: Remembered[] = []
      for (const name of names) {
        const file = path.join(folder, name)
        const left = name.endsWith(ending) ? await readLeft(file) : null
        if (left) found.push(left)
        // Left over from rewriting one, which is whole.
        if (rewriting.test(name)) await rm(file, { force: true })
      }
      return found.sort((a, b) => a.batch.startedAt - b.batch.startedAt)
    },
    read,
    async goOn(remembered) {
      const lines = [...compacted(remembered)].map(toLine)
      await writeFileAtomic(fileOf(remembered.batch.id), lines.join(''), { mode: 0o600 })
      const flushed = [...remembered.held].filter(([, { synced }]) => synced > 0).map(([index]) => index)
      return createBatchJournal(openFile(remembered.batch.id), flushed)
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

function* compacted(remembered: Remembered): Generator<JournalRecord> {
  const { batch, boot, plan, isPlanWhole, begun, underWay, made, inodes, held, done, landed, paused } = remembered
  yield batch
  // Until its part files are looked at, they are as that start of the computer left them.
  yield { record: 'boot', boot }
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
  const parts = new Set([...made, ...inodes.keys()])
  if (parts.size > 0)
    yield {
      record: 'made',
      items: [...parts].map((index) => [index, begun.get(index) ?? 1, inodes.get(index) ?? null]),
    }
  for (const index of begun.keys()) if (!underWay.has(index)) yield { record: 'dropped', index }
  for (const [index, { bytes, validator, synced, size, updatedAt }] of held) {
    const version = { index, validator, size, updatedAt }
    if (synced > 0) yield { record: 'held', ...version, bytes: synced, synced: true }
    yield { record: 'held', ...version, bytes, synced: false }
  }
  if (landed) yield { record: 'landed', ...landed }
  if (paused) yield { record: 'paused', paused }
}
