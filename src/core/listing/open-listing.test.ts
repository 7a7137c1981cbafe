import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Nodes, Row } from '../../shared/models/listing.ts'
import { createClient } from '../api/client.ts'
import { keyHeader, parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import type { FileSource } from '../transfers/file-source.ts'
import { keptListingPath } from './kept/kept-listings.ts'
import { type OpenListing, openListing } from './open-listing.ts'
import { listingWorkerUrl } from './thread/worker-url.ts'

const execution = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' } as const
const workerUrl = listingWorkerUrl(new URL('../../main/index.ts', import.meta.url).href)
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

type Entry = { readonly filePath: string; readonly fileSize?: number; readonly [field: string]: unknown }
type Answer = Readonly<Record<string, readonly Entry[]>>

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Options = { readonly workerUrl?: URL; readonly cacheFolder?: string }

async function openAt(base: string, options: Options = {}) {
  const client = createClient({ base: parseBase(base), key: 'secret' })
  endings.push(() => client.close())
  const where = { cacheFolder: null, workerUrl: null, ...options }
  const listing = await openListing({
    execution,
    currentClient: async () => client,
    log: silentLogger,
    onChange() {},
    ...where,
  })
  endings.push(() => listing.close())
  return { listing }
}

/** Serves listings from memory; each entry's link is told apart by the number of the answer that it came in. */
async function open(first: Answer | number, options: Options = {}) {
  let answer = first
  let asked = 0
  const base = await serve((request, response) => {
    if (!request.url?.endsWith('/files')) {
      response.end(JSON.stringify({ id: execution.executionId, agentName: 'Invoices', status: 'completed' }))
      return
    }
    asked += 1
    if (typeof answer === 'number') {
      response.writeHead(answer).end()
      return
    }
    const directories = Object.entries(answer).map(([directory, entries]) => [
      directory,
      entries.map((entry, index) => ({
        id: `${directory}-${index}-${entry.filePath}`,
        fileName: entry.filePath.split('/').at(-1),
        fileSize: 1,
        directory,
        createdBy: 'agent',
        updatedAt: '2026-01-01T00:00:00Z',
        downloadUrl: `/${asked}/${entry.filePath}`,
        ...entry,
      })),
    ])
    response.end(JSON.stringify({ directories: Object.fromEntries(directories) }))
  })
  const { listing } = await openAt(base, options)
  return {
    listing,
    asked: () => asked,
    answerWith(next: Answer | number) {
      answer = next
    },
  }
}

test('a listing that was refused without a key comes with the key that is there when it is asked for again', async () => {
  const base = await serve((request, response) => {
    if (request.headers[keyHeader.toLowerCase()] !== 'secret') response.writeHead(401)
    const info = { id: execution.executionId, agentName: 'Invoices', status: 'completed' }
    response.end(JSON.stringify(request.url?.endsWith('/files') ? { directories: {} } : info))
  })
  let key: string | null = null
  const currentClient = async () => {
    const client = createClient({ base: parseBase(base), key })
    endings.push(() => client.close())
    return client
  }
  const where = { cacheFolder: null, workerUrl: null }
  const listing = await openListing({ execution, currentClient, log: silentLogger, onChange() {}, ...where })
  endings.push(() => listing.close())
  await expect(listing.whenLoaded()).rejects.toMatchObject({ error: { kind: 'key-missing' } })
  key = 'secret'
  expect(await listing.refresh()).toMatchObject({ problem: null, freshness: 'fresh' })
  await expect.poll(() => listing.view().info).toMatchObject({ agentName: 'Invoices', status: 'completed' })
})

const byName = { column: 'name', direction: 'ascending' } as const
const noFilter = { text: '', flat: false, directories: [], types: [], creators: [] }

async function rowsOf(listing: OpenListing): Promise<readonly Row[]> {
  return (await listing.rows(0, 1_000)).rows
}
async function namesOf(listing: OpenListing): Promise<readonly string[]> {
  return (await rowsOf(listing)).map(({ name, level, open, kind }) => {
    const mark = kind === 'file' ? '' : open ? '-' : '+'
    return `${' '.repeat(level - 1)}${mark}${name}`
  })
}
async function nodeAt(listing: OpenListing, path: string): Promise<number> {
  const node = await listing.nodeAt(path)
  if (node === null) throw new Error(`There is nothing at ${path}.`)
  return node
}
async function pathsIn(source: FileSource, files: Nodes): Promise<readonly string[]> {
  const paths: string[] = []
  for await (const step of source.files(files)) paths.push(...step.map((file) => file.path))
  return paths
}

test('the five directories are always there in their order, an unknown one follows, and those with files are open', async () => {
  const { listing } = await open({ zzz: [], debug: [{ filePath: 'a' }] })
  await listing.whenLoaded()
  expect(await namesOf(listing)).toEqual(['+uploads', '+downloads', '+workspace', '+shared', '-debug', ' a', '+zzz'])
})

test('a file and a folder of one name, and files that repeat, all stay in view', async () => {
  const { listing } = await open({ workspace: [{ filePath: 'a' }, { filePath: 'a/b' }, { filePath: 'a' }] })
  await listing.whenLoaded()
  await listing.setAllOpen(true)
  expect((await namesOf(listing)).slice(2, 7)).toEqual(['-workspace', ' -a', '  b', ' a', ' a'])
  expect(await pathsIn(listing, { what: 'all' })).toEqual(['workspace/a', 'workspace/a/b', 'workspace/a'])
})

test('a directory without a name has one to be seen by, and is opened, filtered, selected and downloaded by it', async () => {
  const { listing } = await open({
    '': [{ filePath: '/deep//er/x' }, { filePath: 'y' }],
    workspace: [{ filePath: '//a///b' }],
  })
  await listing.whenLoaded()
  await listing.setAllOpen(true)
  expect(await namesOf(listing)).toEqual([
    ...['-uploads', '-downloads', '-workspace', ' -a', '  b', '-shared', '-debug'],
    ...['-unnamed', ' -deep', '  -er', '   x', ' y'],
  ])
  const directory = await nodeAt(listing, 'unnamed')
  expect((await listing.filter({ ...noFilter, directories: ['unnamed'] })).matchCount).toBe(2)
  expect((await listing.filter({ ...noFilter, text: 'path:unnamed/deep' })).matchCount).toBe(1)
  await listing.filter(noFilter)
  expect((await listing.select({ how: 'only', node: directory })).selection).toEqual({
    only: directory,
    count: 1,
    fileCount: 2,
    size: 2,
  })
  expect(await pathsIn(listing, { what: 'selection' })).toEqual(['unnamed/deep/er/x', 'unnamed/y'])
  const details = await listing.details(await nodeAt(listing, 'unnamed/deep/er/x'))
  expect(details).toMatchObject({ file: { directory: '', filePath: '/deep//er/x', path: 'unnamed/deep/er/x' } })
  const [again] = await listing.relist([{ id: 'gone', path: 'unnamed/y' }])
  expect(again?.path).toBe('unnamed/y')
})

test('folders come first and numbers in natural order, and each column sorts both ways', async () => {
  const { listing } = await open({
    workspace: [
      { filePath: 'f10', fileSize: 1 },
      { filePath: 'f9', fileSize: 3 },
      { filePath: 'z/x' },
      { filePath: 'F9b', fileSize: 1 },
    ],
  })
  await listing.whenLoaded()
  const workspace = async () => (await namesOf(listing)).slice(3, 7).map((name) => name.trim())
  expect(await workspace()).toEqual(['+z', 'f9', 'F9b', 'f10'])
  await listing.sort({ column: 'name', direction: 'descending' })
  expect(await workspace()).toEqual(['+z', 'f10', 'F9b', 'f9'])
  await listing.sort({ column: 'size', direction: 'descending' })
  expect(await workspace()).toEqual(['+z', 'f9', 'F9b', 'f10'])
  await listing.sort(byName)
  expect(await workspace()).toEqual(['+z', 'f9', 'F9b', 'f10'])
})

test('a refresh keeps node numbers, open folders and selection, and tells what is new, changed and gone', async () => {
  const { listing, answerWith } = await open({
    workspace: [{ filePath: 'a/one' }, { filePath: 'a/two' }, { filePath: 'same' }],
  })
  await listing.whenLoaded()
  await listing.setAllOpen(true)
  const one = await nodeAt(listing, 'workspace/a/one')
  const two = await nodeAt(listing, 'workspace/a/two')
  await listing.select({ how: 'only', node: two })
  await listing.select({ how: 'toggle', node: one })
  answerWith({ workspace: [{ filePath: 'same' }, { filePath: 'a/two', fileSize: 5 }, { filePath: 'a/three' }] })
  const view = await listing.refresh()
  expect(view.changes).toEqual({ added: 1, changed: 1, gone: 1 })
  expect([view.fileCount, view.totalSize, view.selection]).toEqual([
    3,
    7,
    { count: 1, only: expect.any(Number), fileCount: 1, size: 5 },
  ])
  expect((await rowsOf(listing)).filter((row) => row.level > 1).map((row) => `${row.name} ${row.change}`)).toEqual([
    'a null',
    'one gone',
    'three new',
    'two changed',
    'same null',
  ])
  expect(await nodeAt(listing, 'workspace/a/two')).toBe(two)
  expect(await pathsIn(listing, { what: 'all' })).not.toContain('workspace/a/one')

  await listing.refresh()
  expect(await listing.nodeAt('workspace/a/one')).toBeNull()
})

test('a failed refresh keeps the files and says why; the first failure is thrown to who waits for files', async () => {
  const { listing, answerWith } = await open({ workspace: [{ filePath: 'a' }] })
  await listing.whenLoaded()
  answerWith(500)
  expect(await listing.refresh()).toMatchObject({ fileCount: 1, problem: { kind: 'server-error' } })
  answerWith({ workspace: [] })
  expect(await listing.refresh()).toMatchObject({ fileCount: 0, problem: null })

  const missing = await open(404)
  await expect(missing.listing.whenLoaded()).rejects.toMatchObject({ error: { kind: 'not-found' } })
})

test('fresh links are asked for once for all who wait, and match by id, then by path', async () => {
  const { listing, asked, answerWith } = await open({ workspace: [{ filePath: 'a' }, { filePath: 'b' }] })
  await listing.whenLoaded()
  answerWith({
    workspace: [
      { filePath: 'moved', id: 'workspace-0-a' },
      { filePath: 'b', id: 'other' },
    ],
  })
  const [one, two] = await Promise.all([
    listing.relist([{ id: 'workspace-0-a', path: 'workspace/a' }]),
    listing.relist([
      { id: 'workspace-1-b', path: 'workspace/b' },
      { id: 'none', path: 'workspace/none' },
    ]),
  ])
  expect([...one, ...two].map((file) => file?.downloadUrl ?? null)).toEqual(['/2/moved', '/2/b', null])
  expect(asked()).toBe(2)
})

test('what a filter lets through is selected, counted and handed out, and nothing else in its folders', async () => {
  const { listing } = await open({
    workspace: [{ filePath: 'a/one.csv' }, { filePath: 'a/two.txt' }, { filePath: 'b/three.CSV', fileSize: 5 }],
  })
  await listing.whenLoaded()
  const view = await listing.filter({ ...noFilter, text: '*.csv' })
  expect([view.rowCount, view.matchCount, view.matchSize]).toEqual([5, 2, 6])
  await listing.select({ how: 'all' })
  expect(await pathsIn(listing, { what: 'selection' })).toEqual(['workspace/a/one.csv', 'workspace/b/three.CSV'])
  await listing.filter(noFilter)
  expect(await pathsIn(listing, { what: 'selection' })).toEqual(['workspace/a/one.csv', 'workspace/b/three.CSV'])
  await listing.select({ how: 'only', node: await nodeAt(listing, 'workspace/a') })
  expect(listing.view().selection).toMatchObject({ count: 1, fileCount: 2, size: 2 })
})

test('a filter tells at its call that nodes may stand for other files, and so does a newer listing; a sort does not', async () => {
  const { listing } = await open({ workspace: [{ filePath: 'a/b' }] })
  await listing.whenLoaded()
  const first = listing.filesAsOf()
  await listing.sort({ column: 'size', direction: 'descending' })
  await listing.setAllOpen(true)
  await listing.select({ how: 'all' })
  expect(listing.filesAsOf()).toBe(first)
  const filtering = listing.filter({ ...noFilter, text: 'c' })
  const second = listing.filesAsOf()
  await filtering
  expect([second > first, listing.filesAsOf()]).toEqual([true, second])
  await listing.refresh()
  expect(listing.filesAsOf()).toBeGreaterThan(second)
})

test('a hidden node is found by opening the folders above it', async () => {
  const { listing } = await open({ workspace: [{ filePath: 'a/b/c' }, { filePath: 'x' }] })
  await listing.whenLoaded()
  const node = await nodeAt(listing, 'workspace/a/b/c')
  expect(await listing.locate(node, false)).toMatchObject({ row: -1 })
  expect(await listing.locate(node, true)).toMatchObject({ row: 5, listing: { rowCount: 9 } })
  expect(await listing.typeAhead(6, 'B')).toBe(4)
})

test('a file is found by its path, also where the filter hides it; a folder or what is gone is none', async () => {
  const { listing, answerWith } = await open({ workspace: [{ filePath: 'a/b.png' }, { filePath: 'x' }] })
  await listing.whenLoaded()
  await listing.filter({ ...noFilter, text: 'x' })
  expect(await listing.fileAt('workspace/a/b.png')).toMatchObject({ path: 'workspace/a/b.png' })
  expect([await listing.fileAt('workspace/a'), await listing.fileAt('b.png'), await listing.fileAt('')]).toEqual([
    null,
    null,
    null,
  ])
  answerWith({ workspace: [{ filePath: 'x' }] })
  await listing.refresh()
  expect(await listing.fileAt('workspace/a/b.png')).toBeNull()
})

test('details tell every field as the API gave it, and folders what they add up to', async () => {
  const filePath = '/home/agent/workspace/a\u0007/b.csv'
  const { listing } = await open({ workspace: [{ filePath, fileSize: 7, mimeType: 'text/csv', agentId: 'x' }] })
  await listing.whenLoaded()
  const path = 'workspace/a\uFFFD/b.csv'
  expect(await listing.details(await nodeAt(listing, path))).toMatchObject({
    kind: 'file',
    file: {
      filePath,
      path,
      fileName: 'b.csv',
      fileSize: 7,
      mimeType: 'text/csv',
      agentId: 'x',
      directory: 'workspace',
    },
  })
  expect(await listing.details(await nodeAt(listing, 'workspace'))).toMatchObject({
    kind: 'folder',
    summary: { fileCount: 1, folderCount: 1, size: 7, byType: [{ type: 'spreadsheet', count: 1, size: 7 }] },
  })
})

test('a listing whose thread cannot be started is there all the same', async () => {
  const { listing } = await open(
    { workspace: [{ filePath: 'a' }] },
    { workerUrl: new URL('./none.ts', import.meta.url) },
  )
  expect(await listing.whenLoaded()).toMatchObject({ fileCount: 1 })
})

test('the beginning of a slow listing is shown, and who needs all of it gets all', async () => {
  let end = () => {}
  const entry = (filePath: string) => ({ id: filePath, filePath, fileSize: 1, downloadUrl: '/x' })
  const base = await serve(async (request, response) => {
    if (!request.url?.endsWith('/files')) return response.writeHead(404).end()
    response.write(`{"directories":{"workspace":[${JSON.stringify(entry('first'))}`)
    const beat = setInterval(() => response.write(' '), 50)
    await new Promise<void>((resolve) => {
      end = resolve
    })
    clearInterval(beat)
    return response.end(`,${JSON.stringify(entry('last'))}]}}`)
  })
  const { listing } = await openAt(base)
  await expect.poll(() => listing.view().fileCount).toBe(1)
  expect(await namesOf(listing)).toContain(' first')
  const all = pathsIn(listing, { what: 'all' })
  const total = listing.total({ what: 'all' })
  end()
  expect(await all).toEqual(['workspace/first', 'workspace/last'])
  expect((await total).fileCount).toBe(2)
  expect(listing.view()).toMatchObject({ loading: null, changes: { added: 0, changed: 0, gone: 0 } })
})

test('a first listing that breaks off leaves nothing that could be taken for all of it', async () => {
  let breakOff = () => {}
  const base = await serve((request, response) => {
    if (!request.url?.endsWith('/files')) return response.writeHead(404).end()
    response.write('{"directories":{"workspace":[{"id":"1","filePath":"first","downloadUrl":"/x"}')
    const beat = setInterval(() => response.write(' '), 50)
    breakOff = () => response.destroy()
    return response.on('close', () => clearInterval(beat))
  })
  const { listing } = await openAt(base)
  await expect.poll(() => listing.view().fileCount).toBe(1)
  breakOff()
  await expect(listing.whenLoaded()).rejects.toMatchObject({ error: { kind: 'offline' } })
  expect(listing.view()).toMatchObject({ fileCount: 0, loadedAt: 0, rowCount: 5, problem: { kind: 'offline' } })
})

test('a run that has ended is listed once more when it is followed, and says so itself', async () => {
  const { listing, asked } = await open({ workspace: [] })
  await listing.whenLoaded()
  expect(listing.follow(true).following).toBe(true)
  await expect.poll(() => listing.view().following).toBe(false)
  expect([asked(), listing.view().info?.agentName]).toEqual([2, 'Invoices'])
})

test('a worker answers as the calling thread does', async () => {
  const { listing, answerWith } = await open({ workspace: [{ filePath: 'a/b' }] }, { workerUrl })
  await listing.whenLoaded()
  expect((await namesOf(listing)).slice(2, 4)).toEqual(['-workspace', ' +a'])
  expect(await pathsIn(listing, { what: 'all' })).toEqual(['workspace/a/b'])
  await expect(listing.details(1_000)).rejects.toMatchObject({ error: { kind: 'invalid-input' } })
  answerWith({ workspace: [{ filePath: 'c', createdBy: '' }] })
  expect(await listing.refresh()).toMatchObject({ fileCount: 1, changes: { added: 1, changed: 0, gone: 1 } })
})

test('a listing that was kept opens at once and dated, without links, and is compared with the fresh one', async () => {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const first = await open(
    { workspace: [{ filePath: 'a/one', createdAt: 'soon' }, { filePath: 'x' }] },
    { cacheFolder },
  )
  const { loadedAt } = await first.listing.whenLoaded()
  await first.listing.close()
  const [kept] = await readdir(cacheFolder)
  const bytes = await readFile(path.join(cacheFolder, kept ?? ''))
  expect(bytes.includes('a/one') || bytes.includes('one')).toBe(true)
  expect(bytes.includes('/1/a')).toBe(false)

  const again = await open(500, { cacheFolder })
  expect(again.listing.view()).toMatchObject({ freshness: 'cached', loadedAt, fileCount: 2 })
  await again.listing.whenLoaded()
  expect(again.listing.view()).toMatchObject({ freshness: 'cached', problem: { kind: 'server-error' } })
  expect((await namesOf(again.listing)).slice(2, 5)).toEqual(['-workspace', ' +a', ' x'])
  expect(await again.listing.details(await nodeAt(again.listing, 'workspace/a/one'))).toMatchObject({
    file: { id: 'workspace-0-a/one', filePath: 'a/one', createdAt: 'soon', updatedAt: '2026-01-01T00:00:00Z' },
  })
  await expect(pathsIn(again.listing, { what: 'all' })).rejects.toMatchObject({ error: { kind: 'server-error' } })

  again.answerWith({ workspace: [{ filePath: 'a/one', createdAt: 'soon' }, { filePath: 'new' }] })
  expect(await pathsIn(again.listing, { what: 'all' })).toEqual(['workspace/a/one', 'workspace/new'])
  expect(again.listing.view()).toMatchObject({ freshness: 'fresh', changes: { added: 1, changed: 0, gone: 1 } })
})

test('a run is found again as it was left: its sort, filter, open folders, selection and place', async () => {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const files = { workspace: [{ filePath: 'a/b/c' }, { filePath: 'd/e' }] }
  const first = await open(files, { cacheFolder })
  await first.listing.whenLoaded()
  await first.listing.setOpen(await nodeAt(first.listing, 'workspace/d'), true, false)
  await first.listing.setOpen(await nodeAt(first.listing, 'workspace/a'), true, false)
  await first.listing.sort({ column: 'name', direction: 'descending' })
  await first.listing.filter({ ...noFilter, text: 'd/e' })
  const [folder, file] = [await nodeAt(first.listing, 'workspace/d'), await nodeAt(first.listing, 'workspace/d/e')]
  await first.listing.select({ how: 'only', node: file })
  await first.listing.notePlace({ focus: file, top: folder })
  await first.listing.close()

  const { listing } = await open(files, { cacheFolder })
  expect(listing.view()).toMatchObject({ selection: { count: 1, only: file }, left: { focus: file, top: folder } })
  expect(listing.view()).toMatchObject({ filter: { text: 'd/e' }, sort: { direction: 'descending' }, matchCount: 1 })
  await listing.whenLoaded()
  await listing.filter(noFilter)
  expect((await namesOf(listing)).slice(2, 7)).toEqual(['-workspace', ' -d', '  e', ' -a', '  +b'])
})

test('a kept listing that is damaged is passed over', async () => {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const first = await open({ workspace: [{ filePath: 'a' }] }, { cacheFolder })
  await first.listing.whenLoaded()
  await first.listing.close()
  const file = keptListingPath(cacheFolder, execution)
  const bytes = await readFile(file)
  for (const damaged of [
    bytes.subarray(0, bytes.length - 9),
    bytes.subarray(0, 5),
    bytes.with(100, 0),
    Buffer.alloc(0),
  ]) {
    await writeFile(file, damaged)
    const again = await open({ workspace: [{ filePath: 'a' }, { filePath: 'b' }] }, { cacheFolder })
    expect(again.listing.view()).toMatchObject({ loadedAt: 0 })
    expect(await again.listing.whenLoaded()).toMatchObject({ freshness: 'fresh', fileCount: 2 })
    await again.listing.close()
  }
})

test('a listing that is forgotten while it is being written leaves nothing on disk, and is not kept again', async () => {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const entries = Array.from({ length: 20_000 }, (_, number) => ({ filePath: `folder/${number}` }))
  const { listing, answerWith } = await open({ workspace: entries }, { cacheFolder, workerUrl })
  await listing.whenLoaded()
  // It is on its way to disk now.
  await listing.forgetKept()
  expect(await readdir(cacheFolder)).toEqual([])
  answerWith({ workspace: entries.slice(1) })
  await listing.refresh()
  await listing.sort({ column: 'size', direction: 'ascending' })
  await listing.close()
  expect(await readdir(cacheFolder)).toEqual([])
})
