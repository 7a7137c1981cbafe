import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keptListingPath } from './kept/kept-listings.ts'
import { execution, namesOf, nodeAt, noFilter, open, pathsIn, workerUrl } from './open-listing.fixture.ts'

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
