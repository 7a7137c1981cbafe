import path from 'node:path'
import { createClient } from '../../../src/core/api/client.ts'
import { parseBase } from '../../../src/core/api/request-policy.ts'
import { silentLogger } from '../../../src/core/log/logger.ts'
import type { SourceFile } from '../../../src/core/transfers/file-source.ts'
import { createTransfers } from '../../../src/core/transfers/queue/queue.ts'
import type { TransfersOptions } from '../../../src/core/transfers/transfers.ts'
import type { Job } from './contenders.ts'

/** Downloads what a job names, as one batch without a journal, and prints the seconds that it took from here on. */
export async function runJob(
  { base, names, bytes, target }: Job,
  thread: Pick<TransfersOptions, 'pumpEntry' | 'threadAhead'>,
): Promise<void> {
  const client = createClient({ base: parseBase(base), key: null })
  const toFile = (name: string): SourceFile => ({
    id: name,
    path: path.basename(name),
    segments: [path.basename(name)],
    size: bytes,
    updatedAt: '2026-01-02T03:04:05Z',
    mimeType: null,
    downloadUrl: `${base}/${name}`,
  })
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
    source: {
      execution: { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' },
      total: async () => ({ fileCount: names.length, size: names.length * bytes, unknownSizes: 0 }),
      async *files() {
        for (let at = 0; at < names.length; at += 500) yield names.slice(at, at + 500).map(toFile)
      },
      newest: async (wanted) => wanted.map(() => null),
      relist: () => Promise.reject(new Error('Links of this bench do not expire.')),
    },
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
