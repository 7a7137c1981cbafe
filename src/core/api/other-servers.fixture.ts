import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createRandom } from '../sample/random.ts'
import { digestsBelow } from './digests.fixture.ts'
import { startMockApi } from './mock-api.fixture.ts'
import { startNginx } from './nginx.fixture.ts'

/** An API made from the contract alone, and nginx behind its links: nothing of it is ours but the files. */
export type OtherServers = {
  readonly base: string
  readonly key: string
  readonly executionId: string
  /** `<directory>/<path within it>` of every file, and the SHA-256 of its bytes. */
  readonly digests: ReadonlyMap<string, string>
  readonly close: () => Promise<void>
}

const paths = [
  'uploads/empty.txt',
  'downloads/one byte.bin',
  'downloads/deep/er/and/deeper/file.dat',
  'workspace/grüße 日本 🪐.txt',
  'workspace/percent%20and#hash&.txt',
  'workspace/page.html',
  'shared/large.bin',
  'debug/last.log',
  ...Array.from({ length: 60 }, (_, index) => `workspace/many/${index % 7}/file-${index}.txt`),
]
const sizes = new Map([
  ['uploads/empty.txt', 0],
  ['downloads/one byte.bin', 1],
  ['shared/large.bin', 9_000_001],
])

/** Writes files into a new folder, and starts the two servers. */
export async function startOtherServers(): Promise<OtherServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-served-'))
  const random = createRandom(11)
  for (const file of paths) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
    const bytes = Array.from({ length: sizes.get(file) ?? random.between(1, 3_000) }, () => random.between(0, 256))
    writeFileSync(path.join(folder, file), Buffer.from(bytes))
  }
  const nginx = await startNginx(folder)
  const key = 'key-of-another-server'
  const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  const files = paths.map((file) => ({
    path: file,
    size: readFileSync(path.join(folder, file)).length,
    url: `${nginx.origin}/${file.split('/').map(encodeURIComponent).join('/')}`,
  }))
  const api = await startMockApi({ key, executionId, files })
  return {
    base: api.base,
    key,
    executionId,
    digests: digestsBelow(folder),
    close: async () => {
      await api.close()
      await nginx.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
