import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { silentLogger } from '../../log/logger.ts'
import { type IndexHost, startHost } from '../thread/index-host.ts'
import { createKeeper } from './keeper.ts'

const many = Array.from({ length: 2_000 }, (_, number) => `folder-${number % 50}/file-${number}.txt`)
const noFilter = { flat: false, directories: [], types: [], creators: [] }

async function load(host: IndexHost, paths: readonly string[]): Promise<void> {
  const workspace = paths.map((filePath) => ({ id: filePath, filePath, fileSize: 1, downloadUrl: 'https://x.example' }))
  await host.call('begin')
  await host.call('addBytes', Buffer.from(JSON.stringify({ directories: { workspace } })))
  await host.call('complete', 1)
}

async function nodeAt(host: IndexHost, filePath: string): Promise<number> {
  const node = await host.call('nodeAt', `workspace/${filePath}`)
  if (node === null) throw new Error(`There is nothing at ${filePath}.`)
  return node
}

/** A listing that has been kept, with nothing open below its directory. */
async function kept(paths: readonly string[] = many) {
  const folder = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const file = path.join(folder, 'one.listing')
  const host = await startHost(null, silentLogger)
  const keeper = createKeeper(host, file, silentLogger)
  await load(host, paths)
  keeper.changed()
  await keeper.finish()
  return { folder, file, host, keeper }
}

/** Leaves the listing in another way in every respect, and says what it is to be found as. */
async function lookElsewhere(host: IndexHost) {
  const [folder, file] = [await nodeAt(host, 'folder-7'), await nodeAt(host, 'folder-7/file-7.txt')]
  await host.call('setOpen', folder, true, false)
  await host.call('sort', { column: 'name', direction: 'descending' })
  await host.call('select', { how: 'only', node: file })
  await host.call('notePlace', { focus: file, top: folder })
  return {
    sort: { column: 'name', direction: 'descending' },
    selection: { count: 1, only: file, fileCount: 1 },
    left: { focus: file, top: folder },
    rowCount: (await host.call('view')).rowCount,
  }
}

async function restored(file: string) {
  const host = await startHost(null, silentLogger)
  return { host, view: await host.call('restore', file) }
}

/** What changes with every writing of a file: it is replaced by a new one. */
async function writingOf(file: string) {
  const { ino, mtimeNs, ctimeNs } = await stat(file, { bigint: true })
  return { ino, mtimeNs, ctimeNs }
}

test('a place, a selection and a view that changed are kept without writing the listing again', async () => {
  const { folder, file, host, keeper } = await kept()
  const before = await writingOf(file)
  const left = await lookElsewhere(host)
  keeper.viewChanged()
  await keeper.finish()
  expect(await writingOf(file)).toEqual(before)
  const names = (await readdir(folder)).filter((name) => name !== path.basename(file))
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size))
  expect(sizes.length).toBe(1)
  expect(sizes[0]).toBeLessThan(1_000)

  const again = await restored(file)
  expect(again.view).toMatchObject(left)

  // Also where the listing has not come from the API since.
  const second = createKeeper(again.host, file, silentLogger)
  const read = await writingOf(file)
  await again.host.call('filter', { ...noFilter, text: 'file-1' })
  second.viewChanged()
  await second.finish()
  expect(await writingOf(file)).toEqual(read)
  expect((await restored(file)).view).toMatchObject({ filter: { text: 'file-1' }, left: left.left })
})

test('nothing is written where nothing changed', async () => {
  const { folder, file, keeper } = await kept()
  const before = await writingOf(file)
  await keeper.finish()
  expect(await writingOf(file)).toEqual(before)
  expect(await readdir(folder)).toEqual([path.basename(file)])
})

test('a view that does not fit its listing, or is damaged, is passed over for the one that the listing was kept with', async () => {
  const { folder, file, host, keeper } = await kept()
  await lookElsewhere(host)
  keeper.viewChanged()
  await keeper.finish()
  const [viewName = ''] = (await readdir(folder)).filter((name) => name !== path.basename(file))
  const viewFile = path.join(folder, viewName)
  const older = await readFile(viewFile)

  await host.call('select', { how: 'only', node: await nodeAt(host, 'folder-3') })
  await load(host, ['a-newer-one.txt', ...many])
  await host.call('keep', file)
  expect((await restored(file)).view).toMatchObject({
    fileCount: many.length + 1,
    selection: { count: 1, fileCount: 40 },
  })
  for (const wrong of [older, older.subarray(0, 40), Buffer.from('{}'), Buffer.alloc(0)]) {
    await writeFile(viewFile, wrong)
    expect((await restored(file)).view).toMatchObject({ selection: { count: 1, fileCount: 40 } })
  }
})

test('every byte of a view that is changed on disk leaves a listing that opens', async () => {
  const { folder, file, host, keeper } = await kept()
  await lookElsewhere(host)
  keeper.viewChanged()
  await keeper.finish()
  const [viewName = ''] = (await readdir(folder)).filter((name) => name !== path.basename(file))
  const bytes = await readFile(path.join(folder, viewName))
  for (let at = 0; at < bytes.length; at += 7) {
    await writeFile(path.join(folder, viewName), bytes.with(at, (bytes[at] ?? 0) ^ 1))
    expect((await restored(file)).view).toMatchObject({ fileCount: many.length, selection: { count: 0 } })
  }
})

test('a view is found again where most of what was listed once is gone, and its files have other numbers on disk', async () => {
  const { file, host, keeper } = await kept()
  await load(host, ['folder-7/file-7.txt', 'folder-8/file-8.txt'])
  await host.call('keep', file)
  await lookElsewhere(host)
  keeper.viewChanged()
  await keeper.finish()
  const again = await restored(file)
  const node = await nodeAt(again.host, 'folder-7/file-7.txt')
  expect(again.view).toMatchObject({ fileCount: 2, selection: { count: 1, only: node }, left: { focus: node } })
})

test('nothing is left on disk of a listing that was forgotten, nor of how it was looked at', async () => {
  const { folder, host, keeper } = await kept()
  await lookElsewhere(host)
  keeper.viewChanged()
  await keeper.finish()
  await keeper.forget()
  expect(await readdir(folder)).toEqual([])
  keeper.viewChanged()
  await keeper.finish()
  expect(await readdir(folder)).toEqual([])
})
