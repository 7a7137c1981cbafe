import { expect, test } from 'vitest'
import { namesOf, nodeAt, noFilter, open, openAt, pathsIn, serve, workerUrl } from './open-listing.fixture.ts'

const byName = { column: 'name', direction: 'ascending' } as const

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

test('a worker answers as the calling thread does', async () => {
  const { listing, answerWith } = await open({ workspace: [{ filePath: 'a/b' }] }, { workerUrl })
  await listing.whenLoaded()
  expect((await namesOf(listing)).slice(2, 4)).toEqual(['-workspace', ' +a'])
  expect(await pathsIn(listing, { what: 'all' })).toEqual(['workspace/a/b'])
  await expect(listing.details(1_000)).rejects.toMatchObject({ error: { kind: 'invalid-input' } })
  answerWith({ workspace: [{ filePath: 'c', createdBy: '' }] })
  expect(await listing.refresh()).toMatchObject({ fileCount: 1, changes: { added: 1, changed: 0, gone: 1 } })
})
