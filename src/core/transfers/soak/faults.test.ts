import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseBase } from '../../api/request-policy.ts'
import { silentLogger } from '../../log/logger.ts'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { clientOf, createMemorySource } from '../memory-source.fixture.ts'
import { createTransfers } from '../queue/queue.ts'
import type { Transfers } from '../transfers.ts'
import { type FaultName, type FaultServer, faultNames, startFaultServer } from './fault-server.fixture.ts'

/** What the requests for one file meet, each fault also when it asks for the rest of what it has. */
const scripts: readonly (readonly FaultName[])[] = [
  ...faultNames.map((name): readonly FaultName[] => [name, 'cut in the middle', name]),
  Array.from({ length: 6 }, () => 'server error' as const),
  Array.from({ length: 20 }, () => 'asks for patience' as const),
]
/** There is nothing that could be waited for. */
const hopeless: FaultName = 'redirect in a circle'

let server: FaultServer
let transfers: Transfers
let target: string
let failed: ReadonlyMap<number, string>

beforeAll(async () => {
  server = await startFaultServer(scripts.length, 7, 200_000)
  for (const [index, script] of scripts.entries()) server.script(index, script)
  transfers = createTransfers({
    pumpEntry: new URL('../pump/pump-worker.ts', import.meta.url),
    journalFolder: null,
    clientFor: async () => clientOf({ base: parseBase(server.url), key: 'secret-key' }),
    sourceFor: () => Promise.reject(new Error('Not part of this test.')),
    onChange() {},
    log: silentLogger,
    limits: { connectMilliseconds: 5_000, stallMilliseconds: 1_000, firstRetryMilliseconds: 20 },
  })
  target = await temporaryFolder()
  const files = server.paths.map((each, index) => ({ path: each, id: `${index}`, size: server.body(index).length }))
  const source = createMemorySource(files, ({ id }) => `${server.url}/f/${id}/${Number.MAX_SAFE_INTEGER}`)
  const id = await transfers.start({
    source,
    files: { what: 'all' },
    target,
    kind: 'files',
    title: 'All',
    conflicts: 'keep-both',
  })
  await transfers.whenOver(id)
  const all = transfers.files(id, 0, files.length).transfers
  failed = new Map(
    all.flatMap(({ index, status }) => (status.state === 'failed' ? [[index, status.error.kind] as const] : [])),
  )
}, 120_000)
afterAll(async () => {
  await transfers.close()
  await server.close()
})

test.each(scripts.map((script, index) => ({ index, names: script.join(', then ') })))(
  'a file arrives whole after: $names',
  async ({ index }) => {
    if (scripts[index]?.includes(hopeless)) return expect(failed.get(index)).toBe('unsafe-url')
    expect(failed.get(index)).toBeUndefined()
    const there = await readFile(path.join(target, server.paths[index] ?? ''))
    expect(there.equals(server.body(index))).toBe(true)
  },
)

test('nothing but whole files is left, every fault was met, and the key went nowhere else', async () => {
  const expected = server.paths.filter((_, index) => !scripts[index]?.includes(hopeless))
  expect(await filesBelow(target)).toEqual(expected.toSorted())
  expect(faultNames.filter((name) => !server.played.has(name))).toEqual([])
  expect(server.leaked()).toBe(0)
})
