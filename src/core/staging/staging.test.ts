import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Staged } from '../../shared/models/staging.ts'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import type { SourceFile } from '../transfers/file-source.ts'
import type { StageSource } from './stage-item.ts'
import { createStaging, type StagingOptions } from './staging.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A run of a few files behind a server; nodes from 1 in the order given, and node 0 is the folder `workspace/site`. */
async function start(contents: Readonly<Record<string, string>>, options: Partial<StagingOptions> = {}) {
  const parent = mkdtempSync(path.join(tmpdir(), 'staging-'))
  closers.push(() => rmSync(parent, { recursive: true, force: true }))
  const requests: string[] = []
  let gate = Promise.resolve()
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1))
    requests.push(name)
    await gate
    response.end(served[name])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createClient({ base: parseBase(base), key: null })
  closers.push(async () => {
    await client.close()
    server.closeAllConnections()
    server.close()
  })
  const served: Record<string, string> = { ...contents }
  const versions = { updatedAt: '2026-01-02T03:04:05.000Z' }
  const files = (): SourceFile[] =>
    Object.entries(served).map(([name, content]) => ({
      id: name,
      path: name,
      segments: name.split('/'),
      size: Buffer.byteLength(content),
      mimeType: null,
      ...versions,
      downloadUrl: `${base}/${encodeURIComponent(name)}`,
    }))
  const hidden = new Set<string>()
  let asOf = 0
  let looks = 0
  const inFolder = () => files().filter(({ path: at }) => at.startsWith('workspace/site/') && !hidden.has(at))
  const chosen = (nodes: readonly number[]) =>
    nodes.flatMap((node) => (node === 0 ? inFolder() : [files()[node - 1] as SourceFile]))
  const source = {
    execution: { executionId: '3f2b6c1e-8d4a-4b7e-9c55-0a1b2c3d4e5f', source: 'account' },
    filesAsOf: () => asOf,
    file: async (node) => (node === 0 ? null : (files()[node - 1] ?? null)),
    files: async function* (wanted) {
      looks += 1
      yield chosen(wanted.what === 'nodes' ? wanted.nodes : [])
    },
    total: async (wanted) => {
      const some = chosen(wanted.what === 'nodes' ? wanted.nodes : [])
      return { fileCount: some.length, size: some.reduce((sum, file) => sum + (file.size ?? 0), 0), unknownSizes: 0 }
    },
    details: async (node) => ({
      kind: 'folder',
      node,
      summary: {
        path: 'workspace/site',
        fileCount: 0,
        hiddenCount: 0,
        folderCount: 0,
        size: 0,
        unknownSizes: 0,
        oldest: null,
        newest: null,
        byType: [],
        largest: [],
      },
    }),
    relist: async () => [],
  } satisfies StageSource['source']
  const told: Staged[] = []
  const folder = path.join(parent, 'staging')
  const staging = createStaging({
    folder,
    limit: 1_000,
    limits: () => ({ file: 100, selection: 150 }),
    listingOf: async () => ({ source, client }),
    finishedCopy: async () => null,
    finishedFolder: async () => null,
    onChange: (changes) => told.push(...changes),
    log: silentLogger,
    ...options,
  })
  closers.push(() => staging.close())
  return {
    staging,
    folder,
    parent,
    requests,
    served,
    /** As a filter does. */
    hide(name: string) {
      hidden.add(name)
      asOf += 1
    },
    looks: () => looks,
    versions,
    told,
    holdServer() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}
const wanted = (...nodes: number[]) => ({ listing: 1, nodes })

test('a drag gets paths only when all of it is on disk, whole and under its own name', async () => {
  const { staging } = await start({ 'downloads/a.txt': 'hello', 'downloads/b.txt': 'world' })
  await staging.prefetch(wanted(1), false)
  expect(staging.takeReady(wanted(1, 2))).toBeNull()
  await staging.prefetch(wanted(1, 2), false)
  const paths = staging.takeReady(wanted(1, 2)) ?? []
  expect(paths.map((file) => [path.basename(file), readFileSync(file, 'utf8')])).toEqual([
    ['a.txt', 'hello'],
    ['b.txt', 'world'],
  ])
  expect(lstatSync(paths[0] ?? '').mtime.toISOString()).toBe('2026-01-02T03:04:05.000Z')
})

test('a folder is staged with all that is in it', async () => {
  const { staging } = await start({ 'workspace/site/index.html': '<p>', 'workspace/site/css/a.css': 'p{}' })
  await staging.prefetch(wanted(0), false)
  const [folder = ''] = staging.takeReady(wanted(0)) ?? []
  expect(path.basename(folder)).toBe('site')
  expect(readFileSync(path.join(folder, 'css/a.css'), 'utf8')).toBe('p{}')
})

test('what is ready is not fetched again; a new version is', async () => {
  const { staging, requests, served, versions } = await start({ 'downloads/a.txt': 'one' })
  await staging.prefetch(wanted(1), false)
  await staging.prefetch(wanted(1), false)
  expect(requests.length).toBe(1)
  served['downloads/a.txt'] = 'two'
  versions.updatedAt = '2026-01-03T00:00:00.000Z'
  await staging.prefetch(wanted(1), true)
  expect(readFileSync(staging.takeReady(wanted(1))?.[0] ?? '', 'utf8')).toBe('two')
})

test('too large to fetch ahead is told, not fetched; asked for, it is fetched', async () => {
  const { staging, requests, told } = await start({ 'downloads/a.bin': 'x'.repeat(101) })
  await staging.prefetch(wanted(1), false)
  expect([requests.length, staging.takeReady(wanted(1))]).toEqual([0, null])
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'too-large' })
  expect((await staging.stage(wanted(1))).length).toBe(1)
})

test('a folder of more files than a drag takes is told to be too large', async () => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`workspace/site/${index}`, '']))
  const { staging, told, requests } = await start(many)
  await staging.prefetch(wanted(0), false)
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'too-large' })
  expect(requests).toEqual([])
})

test('a selection past its limit is not fetched ahead, however small its files', async () => {
  const { staging, requests } = await start({ a: 'x'.repeat(80), b: 'x'.repeat(80) })
  await staging.prefetch(wanted(1, 2), false)
  expect(requests).toEqual([])
})

test('another selection drops what waits and what runs, but not what was asked for', async () => {
  const { staging, requests, holdServer } = await start({ a: 'A', b: 'B', c: 'C' })
  const release = holdServer()
  const first = staging.prefetch(wanted(1), false)
  await expect.poll(() => requests).toEqual(['a'])
  const asked = staging.stage(wanted(2))
  const second = staging.prefetch(wanted(3), false)
  await first
  release()
  await second
  expect((await asked).length).toBe(1)
  expect(staging.takeReady(wanted(1))).toBeNull()
  expect(staging.takeReady(wanted(3))?.length).toBe(1)
})

test('a folder that is dropped while it is being made ready is told to be so, and not left at its last percent', async () => {
  const { staging, requests, told, holdServer } = await start({ a: 'A', 'workspace/site/b': 'B' })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests).toEqual(['workspace/site/b'])
  await expect.poll(() => told.at(-1)?.status.state).toBe('fetching')
  const second = staging.prefetch(wanted(1), false)
  await first
  release()
  await second
  await expect.poll(() => told.findLast(({ node }) => node === 0)?.status).toEqual({ state: 'dropped' })
})

test('a folder that is asked for again while it is being made ready is looked at and fetched once', async () => {
  const { staging, requests, looks, holdServer } = await start({ 'workspace/site/a': 'A', 'workspace/site/b': 'B' })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  const second = staging.prefetch(wanted(0), true)
  release()
  await Promise.all([first, second])
  expect([looks(), requests.length]).toEqual([1, 2])
  expect(staging.takeReady(wanted(0))?.length).toBe(1)
})

test('a folder whose files are others before it is ready is made ready as it is now, and not as it was', async () => {
  const { staging, requests, told, hide, holdServer } = await start({
    'workspace/site/a': 'A',
    'workspace/site/b': 'B',
  })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  hide('workspace/site/a')
  const second = staging.prefetch(wanted(0), false)
  await first
  release()
  await second
  const [folder = ''] = staging.takeReady(wanted(0)) ?? []
  expect(readdirSync(folder)).toEqual(['b'])
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'ready' })
  expect(told.map(({ status }) => status.state)).not.toContain('dropped')
})

test('what the person asked for before a filter comes as it was then, and the drag after it as it is now', async () => {
  const { staging, requests, hide, holdServer } = await start({ 'workspace/site/a': 'A', 'workspace/site/b': 'B' })
  const release = holdServer()
  const asked = staging.stage(wanted(0))
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  hide('workspace/site/a')
  const ahead = staging.prefetch(wanted(0), false)
  release()
  const [before = ''] = await asked
  await ahead
  const [now = ''] = staging.takeReady(wanted(0)) ?? []
  expect([readdirSync(before).toSorted(), readdirSync(now)]).toEqual([['a', 'b'], ['b']])
})

test('a file that came short is not kept and says why', async () => {
  const { staging, told, served, folder } = await start({ 'downloads/a.txt': 'hello' })
  const whole = served['downloads/a.txt']
  Object.defineProperty(served, 'downloads/a.txt', { enumerable: true, get: short(whole ?? '') })
  await staging.prefetch(wanted(1), false)
  expect(staging.takeReady(wanted(1))).toBeNull()
  await expect.poll(() => told.at(-1)?.status).toMatchObject({ state: 'failed', error: { kind: 'wrong-size' } })
  expect(readdirSync(folder)).toEqual([])
})

/** The listing reads the whole text twice, the server then a shorter one. */
function short(whole: string): () => string {
  return () => (new Error().stack?.includes('Server') ? whole.slice(1) : whole)
}

test('a copy that the drop moved away, or that someone changed, is not ready any more', async () => {
  const { staging, parent } = await start({ a: 'aaa', b: 'bbb' })
  await staging.prefetch(wanted(1, 2), false)
  const [a = '', b = ''] = staging.takeReady(wanted(1, 2)) ?? []
  renameSync(a, path.join(parent, 'moved'))
  writeFileSync(b, 'evil')
  expect([staging.takeReady(wanted(1)), staging.takeReady(wanted(2))]).toEqual([null, null])
  await staging.prefetch(wanted(1, 2), false)
  expect(staging.takeReady(wanted(1, 2))?.map((file) => readFileSync(file, 'utf8'))).toEqual(['aaa', 'bbb'])
})

test('a copy that was replaced by a link is not handed out', async () => {
  const { staging, parent } = await start({ a: 'aaa' })
  await staging.prefetch(wanted(1), false)
  const [a = ''] = staging.takeReady(wanted(1)) ?? []
  writeFileSync(path.join(parent, 'secret'), 'aaa')
  rmSync(a)
  symlinkSync(path.join(parent, 'secret'), a)
  expect(staging.takeReady(wanted(1))).toBeNull()
})

test.each(['../../evil', '..', 'con.txt', 'a\0b', '.part', `${'n'.repeat(400)}.txt`, 'x/../../../evil'])(
  'the name %j stays within its own folder',
  async (name) => {
    const { staging, folder, parent } = await start({ [`downloads/${name}`]: 'content' })
    const [place = ''] = await staging.stage(wanted(1))
    expect(path.dirname(path.dirname(place))).toBe(folder)
    expect(lstatSync(place).isFile()).toBe(true)
    expect(readdirSync(parent)).toEqual(['staging'])
  },
)

test('the folder is for this person alone, and a link in its place is refused', async () => {
  const { staging, folder, parent } = await start({ a: 'aaa' })
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  await staging.stage(wanted(1))
  expect(lstatSync(folder).mode & 0o777).toBe(0o700)

  const other = await start({ a: 'aaa' })
  mkdirSync(path.join(parent, 'elsewhere'))
  symlinkSync(path.join(parent, 'elsewhere'), other.folder)
  await expect(other.staging.stage(wanted(1))).rejects.toMatchObject({ error: { kind: 'disk' } })
  expect(readdirSync(path.join(parent, 'elsewhere'))).toEqual([])
})

test('the oldest copies make room, but never one that was handed out within the hour', async () => {
  let time = 1_000_000_000_000
  const contents = { a: 'a'.repeat(80), b: 'b'.repeat(80), c: 'c'.repeat(80) }
  const { staging } = await start(contents, { limit: 200, now: () => time })
  await staging.prefetch(wanted(1), false)
  staging.takeReady(wanted(1))
  time += 1
  await staging.prefetch(wanted(2), false)
  time += 1
  await staging.prefetch(wanted(3), false)
  expect([1, 2, 3].map((node) => staging.takeReady(wanted(node)) !== null)).toEqual([true, false, true])
  await expect(staging.stage(wanted(2))).rejects.toMatchObject({ error: { kind: 'too-large' } })
  time += 2 * 60 * 60 * 1_000
  expect((await staging.stage(wanted(2))).length).toBe(1)
})

test('the sweep at the start removes what is left, but for what was handed out within the hour', async () => {
  const { staging, folder, parent } = await start({})
  mkdirSync(path.join(folder, 'left'), { recursive: true })
  mkdirSync(path.join(folder, 'held'))
  writeFileSync(path.join(parent, 'precious'), 'keep me')
  symlinkSync(parent, path.join(folder, 'link'))
  utimesSync(path.join(folder, 'left'), 0, 0)
  await staging.sweep()
  expect(readdirSync(folder)).toEqual(['held', 'link'])
  expect(readFileSync(path.join(parent, 'precious'), 'utf8')).toBe('keep me')
})

test('a finished download of the same version is handed out where it is', async () => {
  const downloads = mkdtempSync(path.join(tmpdir(), 'downloads-'))
  closers.push(() => rmSync(downloads, { recursive: true, force: true }))
  const place = path.join(downloads, 'a')
  writeFileSync(place, 'aaa')
  const { staging, requests } = await start({ a: 'aaa' }, { finishedCopy: async () => place })
  await staging.prefetch(wanted(1), false)
  expect([staging.takeReady(wanted(1)), requests]).toEqual([[place], []])
  rmSync(place)
  expect(staging.takeReady(wanted(1))).toBeNull()
})

test('a folder that was downloaded is handed out where it is, however large', async () => {
  const downloads = mkdtempSync(path.join(tmpdir(), 'downloads-'))
  closers.push(() => rmSync(downloads, { recursive: true, force: true }))
  const contents = { 'workspace/site/a.bin': 'a'.repeat(200) }
  const asked: unknown[] = []
  const { staging, requests } = await start(contents, {
    finishedFolder: async (_, files, depth) => {
      asked.push(files.map(({ segments }) => segments.slice(depth)))
      return downloads
    },
  })
  await staging.prefetch(wanted(0), false)
  expect([staging.takeReady(wanted(0)), requests, asked]).toEqual([[downloads], [], [[['a.bin']]]])
})

test('a copy is marked as from the internet before it has its name, and is ready all the same', async () => {
  const marked: string[] = []
  const { staging } = await start({ a: 'aaa' }, { mark: async (files) => void marked.push(...files) })
  await staging.prefetch(wanted(1), false)
  const [place = ''] = staging.takeReady(wanted(1)) ?? []
  expect(marked).toEqual([`${place}.part`])
})

test('where one file of a folder fails, nothing writes any more when the folder is removed', async () => {
  const contents = Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((name) => [`workspace/site/${name}`, 'a']))
  let writing = 0
  const { staging, folder } = await start(contents, {
    async mark() {
      writing += 1
      if (writing === 1) throw new Error('This one fails.')
      await new Promise((resolve) => setTimeout(resolve, 50))
      writing -= 1
    },
  })
  await expect(staging.stage(wanted(0))).rejects.toThrow()
  // The one that failed is counted still, and no other.
  expect(writing).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('what is ready stays so while it is looked for again, until a newer version is found', async () => {
  const { staging, versions } = await start({ a: 'aaa' })
  await staging.prefetch(wanted(1), false)
  const again = staging.prefetch(wanted(1), true)
  expect(staging.takeReady(wanted(1))?.length).toBe(1)
  await again
  versions.updatedAt = '2026-01-03T00:00:00.000Z'
  const before = staging.takeReady(wanted(1))
  await staging.prefetch(wanted(1), true)
  expect(staging.takeReady(wanted(1))).not.toEqual(before)
})

test('a copy to open is read-only, and one that is dropped afterwards is not', async () => {
  const { staging } = await start({ a: 'aaa' })
  const place = await staging.stageToOpen({ listing: 1, node: 1 })
  expect(lstatSync(place).mode & 0o777).toBe(0o400)
  expect(staging.takeReady(wanted(1))).toEqual([place])
  expect(lstatSync(place).mode & 0o777).toBe(0o600)
})
