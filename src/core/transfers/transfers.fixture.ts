import { onTestFinished } from 'vitest'
import type { Batch } from '../../shared/models/transfer.ts'
import { parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import type { FileSource } from './file-source.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { clientOf } from './memory-source.fixture.ts'
import { type Answer, type Origin, startOrigin } from './origin.fixture.ts'
import { createTransfers } from './queue/queue.ts'
import type { StartOptions, Transfers, TransfersOptions } from './transfers.ts'

export const pumpEntry = new URL('./pump/pump-worker.ts', import.meta.url)

/** A busy machine never counts as a silent server, which would be asked again. */
export const patient = { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 100 }
export const hello = Buffer.from('hello')

/** Serves for as long as the test runs. */
export async function origin(answer: Answer): Promise<Origin> {
  const started = await startOrigin(answer)
  onTestFinished(started.close)
  return started
}

/** Transfers whose key belongs to this base; closed with the test. */
export function transfersFor(base: string, options: Partial<TransfersOptions> = {}): Transfers {
  const transfers = createTransfers({
    pumpEntry,
    journalFolder: null,
    clientFor: async () => clientOf({ base: parseBase(base), key: 'secret-key' }),
    sourceFor: () => Promise.reject(new Error('Not part of this test.')),
    onChange() {},
    log: silentLogger,
    limits: { connectMilliseconds: 2_000, stallMilliseconds: 500, firstRetryMilliseconds: 100 },
    ...options,
  })
  onTestFinished(transfers.close)
  return transfers
}

/** Downloads all of a source into a new folder. */
export async function download(
  transfers: Transfers,
  source: FileSource,
  options: Partial<StartOptions> = {},
): Promise<{ readonly id: string; readonly target: string; readonly over: Promise<Batch> }> {
  const target = options.target ?? (await temporaryFolder())
  const id = await transfers.start({
    source,
    files: { what: 'all' },
    kind: 'files',
    title: 'All',
    conflicts: 'keep-both',
    ...options,
    target,
  })
  return { id, target, over: transfers.whenOver(id) }
}

/** Waits until a batch looks as wanted. */
export async function until(transfers: Transfers, id: string, wanted: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const batch = transfers.list().find((each) => each.id === id)
    if (batch && wanted(batch)) return batch
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
