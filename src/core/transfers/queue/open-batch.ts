import path from 'node:path'
import type { Connection } from '../../api/request-policy.ts'
import { errorCode, Failure } from '../../failure.ts'
import { makeFolders } from '../../make-folders.ts'
import type { ArchiveRun } from '../archive/archive-run.ts'
import type { FileSource } from '../file-source.ts'
import { openBrought } from '../in-step/brought.ts'
import { type BatchJournal, silentBatchJournal } from '../journal/batch-journal.ts'
import type { JournalFolder } from '../journal/journal-folder.ts'
import { bytesInParts, rememberedTargets, takeUpParts, withoutArchivePart } from '../journal/left-parts.ts'
import type { Remembered } from '../journal/remembered.ts'
import { wholePaths } from '../layout.ts'
import type { StartOptions, TransferLimits, TransfersOptions } from '../transfers.ts'
import { leftFiles, newFiles } from './batch-files.ts'
import type { BatchStart } from './batch-run.ts'
import { createOrigin, type Origin } from './origin.ts'

/** A batch that is ready to run. */
export type OpenedBatch = {
  readonly start: BatchStart
  readonly journal: BatchJournal
  readonly connection: Connection
  /** Opens it once more under its id, from its first file on, and ends what it was until now. Throws a `Failure`. */
  readonly again: (before: ArchiveRun) => Promise<OpenedBatch>
}

export type BatchOpener = {
  /** A batch that a person asked for. Throws a `Failure`. */
  readonly openNew: (id: string, asked: StartOptions) => Promise<OpenedBatch>
  /** One that an earlier start of the app left; null where nothing is left to do, which is then cleared. */
  readonly openLeft: (left: Remembered, paused: boolean) => Promise<OpenedBatch | null>
}

/** `journals` is null where nothing is to survive the process. */
export function createBatchOpener(
  options: Pick<TransfersOptions, 'clientFor' | 'sourceFor' | 'log'> & {
    readonly journals: JournalFolder | null
    readonly limits: TransferLimits
    readonly onChange: () => void
  },
): BatchOpener {
  const { clientFor, sourceFor, log, journals, limits, onChange } = options

  function originFor(
    { executionId, source }: Pick<BatchStart, 'executionId' | 'source'>,
    first: FileSource | null,
  ): Origin {
    return createOrigin({ first, list: () => sourceFor({ executionId, source }), ...limits, onChange, log })
  }

  async function openNew(id: string, asked: StartOptions, before?: ArchiveRun): Promise<OpenedBatch> {
    const { source, target, kind, title, conflicts, layout = wholePaths } = asked
    // At once, since the person may pick others while the batch waits for its turn. Only an archive asks for them again.
    const files = kind === 'archive' ? (source.choose?.(asked.files) ?? asked.files) : asked.files
    const totalling = source.total(files)
    const walk = source.files(files)
    const planned = journals && source.files(files)
    const [{ connection }, total] = await Promise.all([
      clientFor(source.execution.source),
      totalling,
      makeTarget(kind === 'archive' ? path.dirname(target) : target),
    ]).catch((thrown) => {
      for (const each of [walk, planned]) void each?.[Symbol.asyncIterator]().return?.()
      throw thrown
    })
    const landed = before?.landed() ?? null
    await before?.forget()
    const batch = { id, kind, title, ...source.execution, target, layout, conflicts, startedAt: Date.now(), total }
    const record = { record: 'batch', version: 1, ...batch, everything: files.what === 'all' } as const
    const journal = (planned && journals?.begin(record, planned)) ?? silentBatchJournal
    if (landed) journal.onLanded(landed)
    const origin = originFor(batch, source)
    const remembered = async () => journals?.read(id) ?? null
    const brought = await broughtOf(batch)
    const start = {
      ...batch,
      brought,
      files: newFiles({ source, files, walk, origin, journal, kept: brought, remembered }),
      dropUnwalkedParts() {},
      origin,
      remembered,
      landed,
      restored: null,
      paused: false,
    }
    return {
      start,
      journal,
      connection,
      async again(run) {
        const left = await remembered()
        try {
          const opened = await openNew(id, { ...asked, files }, run)
          if (files !== asked.files) source.letGo?.(files)
          return opened
        } catch (thrown) {
          // The listing may be closed by now.
          if (!journals || !left || !(left.isPlanWhole || left.batch.everything)) throw thrown
          return goOn(journals, fromItsStart(left), false, run)
        }
      },
    }
  }

  async function openLeft(left: Remembered, paused: boolean): Promise<OpenedBatch | null> {
    if (!journals) return null
    const remembered = withoutArchivePart(left)
    const { batch, over } = remembered
    if (over === 'done' || over === 'cancelled') {
      takeUpParts({ ...remembered, held: new Map() }, rememberedTargets(remembered, await broughtOf(batch)))
      await journals.forget(batch.id)
      return null
    }
    return goOn(journals, remembered, paused)
  }

  async function goOn(
    kept: JournalFolder,
    left: Remembered,
    paused: boolean,
    before?: ArchiveRun,
  ): Promise<OpenedBatch> {
    const remembered = before ? { ...left, landed: before.landed() } : left
    const { batch, plan, done, landed, over } = remembered
    const { connection } = await clientFor(batch.source)
    // Its journal is written anew, in one step: until then there is the old one.
    await before?.close()
    const journal = await kept.goOn(remembered)
    const origin = originFor(batch, null)
    const bytes = [...done.keys()].reduce((sum, index) => sum + (plan[index]?.[2] ?? 0), 0)
    const skipped = [...done.values()].filter((note) => note !== null)
    const unchanged = skipped.filter((note) => note === 'unchanged').length
    const brought = await broughtOf(batch)
    const parts = bytesInParts(remembered, rememberedTargets(remembered, brought))
    const pending = leftFiles(remembered, origin, journal, brought)
    const start = {
      ...batch,
      brought,
      files: pending,
      dropUnwalkedParts: pending.dropUnwalkedParts,
      origin,
      remembered: () => kept.read(batch.id),
      landed,
      restored: { files: done.size, skipped: skipped.length, unchanged, bytes, parts },
      // One that had failed waits for the person to try again.
      paused: paused || remembered.paused || over === 'failed',
    }
    return {
      start,
      journal,
      connection,
      again: (run) => goOn(kept, fromItsStart(remembered), false, run),
    }
  }

  async function broughtOf({ kind, target, executionId }: Pick<BatchStart, 'kind' | 'target' | 'executionId'>) {
    return kind === 'in-step' ? openBrought(target, executionId, log) : null
  }

  return { openNew, openLeft }
}

/** What is remembered of a batch, without what has become of it. */
function fromItsStart(remembered: Remembered): Remembered {
  const nothing = {
    begun: new Map(),
    underWay: new Set<number>(),
    made: new Set<number>(),
    inodes: new Map(),
    held: new Map(),
    done: new Map(),
  }
  const batch = { ...remembered.batch, startedAt: Date.now() }
  return { ...remembered, batch, ...nothing, paused: false, over: null }
}

async function makeTarget(folder: string): Promise<void> {
  try {
    await makeFolders(folder)
  } catch (thrown) {
    const message = `“${folder}” can’t be made. Nothing was downloaded: choose another folder.`
    throw new Failure({ kind: 'disk', code: errorCode(thrown), message }, { cause: thrown })
  }
}
