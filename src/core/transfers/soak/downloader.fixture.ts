import type { AsteroidClient } from '../../api/client.ts'
import { parseBase } from '../../api/request-policy.ts'
import { silentLogger } from '../../log/logger.ts'
import type { FileSource, SourceFile } from '../file-source.ts'
import { clientOf, executionId } from '../memory-source.fixture.ts'
import { createTransfers } from '../queue/queue.ts'

// A process that downloads everything that a fault server lists, as files or into one archive, goes on where its forerunner
// was killed, and says in one line of JSON how it went.
const [url = '', target = '', journalFolder = '', how = 'start', as = 'files'] = process.argv.slice(2)

type Listed = {
  readonly id: string
  readonly path: string
  readonly size: number
  readonly updatedAt: string
  readonly link: string
}

async function list(): Promise<SourceFile[]> {
  const files = (await (await fetch(`${url}/list`)).json()) as Listed[]
  return files.map(({ link, ...file }) => ({
    ...file,
    segments: file.path.split('/'),
    mimeType: null,
    downloadUrl: url + link,
  }))
}

async function openSource(): Promise<FileSource & { close: () => Promise<void> }> {
  let files = await list()
  const find: (wanted: readonly { readonly id: string }[]) => (SourceFile | null)[] = (wanted) => {
    const byId = new Map(files.map((file) => [file.id, file]))
    return wanted.map(({ id }) => byId.get(id) ?? null)
  }
  return {
    execution: { executionId, source: 'account' },
    async total() {
      return { fileCount: files.length, size: files.reduce((sum, { size }) => sum + (size ?? 0), 0), unknownSizes: 0 }
    },
    async *files() {
      const those = files
      for (let at = 0; at < those.length; at += 100) yield those.slice(at, at + 100)
    },
    newest: async (wanted) => find(wanted),
    async relist(wanted) {
      files = await list()
      return find(wanted)
    },
    async close() {},
  }
}

async function openClient(): Promise<AsteroidClient> {
  const connection = { base: parseBase(url), key: 'secret-key' }
  if (as === 'files') return clientOf(connection)
  const { createClient } = await import('../../api/client.ts')
  return createClient(connection, { timeouts: { connect: 2_000, headers: 300, body: 300 } })
}

const client = await openClient()
const transfers = createTransfers({
  pumpEntry: new URL('../pump/pump-worker.ts', import.meta.url),
  journalFolder,
  clientFor: async () => client,
  sourceFor: openSource,
  onChange() {},
  log: silentLogger,
  limits: { connectMilliseconds: 2_000, stallMilliseconds: 300, firstRetryMilliseconds: 20 },
})

if (how === 'start') {
  const options = { files: { what: 'all' }, title: 'All', conflicts: 'keep-both' } as const
  const kind = as === 'archive' ? 'archive' : 'files'
  await transfers.start({ source: await openSource(), target, kind, ...options })
} else {
  await transfers.restore('running')
}
// A batch that had failed waits for the person to try again.
for (const { id } of transfers.list()) transfers.resume(id)

for (const { id } of transfers.list()) {
  const batch = await transfers.whenOver(id)
  const failed = transfers.files(id, 0, 1_000).transfers.filter(({ status }) => status.state === 'failed')
  const { status, doneCount, failedCount, fileCount } = batch
  process.stdout.write(`${JSON.stringify({ state: status.state, doneCount, failedCount, fileCount, failed })}\n`)
}
await transfers.close()
await client.close()
