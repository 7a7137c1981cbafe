import path from 'node:path'
import { createClient } from '../../../src/core/api/client.ts'
import { parseBase } from '../../../src/core/api/request-policy.ts'
import { silentLogger } from '../../../src/core/log/logger.ts'
import { createTransfers } from '../../../src/core/transfers/queue/queue.ts'
import type { TransfersOptions } from '../../../src/core/transfers/transfers.ts'
import type { Job } from './contenders.ts'
import { madeFile, madeSource } from './made-source.ts'

/** Downloads what a job names, as one batch without a journal, and prints the seconds that it took from here on. */
export async function runJob(
  { base, names, bytes, target }: Job,
  thread: Pick<TransfersOptions, 'pumpEntry' | 'threadAhead'>,
): Promise<void> {
  const client = createClient({ base: parseBase(base), key: null })
  const transfers = createTransfers({
    ...thread,
    journalFolder: null,
    clientFor: async () => client,
    sourceFor: () => Promise.reject(new Error('Nothing outlives this process.')),
    onChange() {},
    log: silentLogger,
  })
  const started = performance.now()
  const id = await transfers.start({
    source: madeSource(names.length, bytes, (index) => {
      const name = names[index] ?? ''
      return madeFile(path.basename(name), bytes, `${base}/${name}`)
    }),
    files: { what: 'all' },
    target,
    kind: 'files',
    title: 'bench',
    conflicts: 'keep-both',
  })
  const { status } = await transfers.whenOver(id)
  // What it took without the start of a process: the app's is there already.
  process.stdout.write(String((performance.now() - started) / 1_000))
  await transfers.close()
  await client.close()
  if (status.state !== 'done') throw new Error(`The download ended as ${status.state}.`)
}
