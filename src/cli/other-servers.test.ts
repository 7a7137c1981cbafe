import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { startMockApi } from '../core/api/mock-api.fixture.ts'
import { createRandom } from '../core/sample/random.ts'
import { hasNginx, startNginx } from './nginx.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const random = createRandom(11)
const paths = [
  'uploads/empty.txt',
  'downloads/one byte.bin',
  'downloads/deep/er/and/deeper/file.dat',
  'workspace/grüße 日本 🪐.txt',
  'workspace/percent%20and#hash?.txt',
  'workspace/page.html',
  'shared/large.bin',
  'debug/last.log',
  ...Array.from({ length: 60 }, (_, index) => `workspace/many/${index % 7}/file-${index}.txt`),
]

function contentOf(file: string): Buffer {
  const size = { 'uploads/empty.txt': 0, 'downloads/one byte.bin': 1, 'shared/large.bin': 9_000_001 }[file]
  return Buffer.from(Array.from({ length: size ?? random.between(1, 3_000) }, () => random.between(0, 256)))
}

if (!hasNginx) process.stderr.write('Tests against nginx are skipped: it is not installed.\n')
describe.skipIf(!hasNginx)('with an API made from the contract, and files served by nginx', () => {
  test('every file of a listing arrives byte-identical', async () => {
    const served = temporaryFolder()
    const digests = new Map<string, string>()
    for (const file of paths) {
      mkdirSync(path.join(served, path.dirname(file)), { recursive: true })
      const bytes = contentOf(file)
      writeFileSync(path.join(served, file), bytes)
      digests.set(file, createHash('sha256').update(bytes).digest('hex'))
    }
    const nginx = await startNginx(served)
    const files = paths.map((file) => ({
      path: file,
      size: readFileSync(path.join(served, file)).length,
      url: `${nginx.origin}/${file.split('/').map(encodeURIComponent).join('/')}`,
    }))
    const api = await startMockApi({ key: 'mock-key', executionId, files })
    try {
      const environment = { ASTEROID_API_KEY: 'mock-key', ASTEROID_BASE_URL: api.base }
      const listed = await runCli(['ls', executionId, '--json'], { environment })
      const listedPaths = listed.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).path)
      expect(listedPaths.sort()).toEqual([...paths].sort())
      const to = temporaryFolder()
      const { status, stdout } = await runCli(['get', executionId, '--to', to, '--json'], { environment })
      expect([status, JSON.parse(stdout).done]).toEqual([0, paths.length])
      for (const [file, digest] of digests) {
        // The one name here that Windows could not hold is changed on every system.
        const onDisk = path.join(to, file.replace('?', '_'))
        expect([file, createHash('sha256').update(readFileSync(onDisk)).digest('hex')]).toEqual([file, digest])
      }
    } finally {
      await api.close()
      await nginx.close()
    }
  })
})
