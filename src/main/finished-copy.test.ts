import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SourceFile } from '../core/transfers/file-source.ts'
import type { Transfers } from '../core/transfers/transfers.ts'
import { findFinishedCopy, findFinishedFolder, findLocalCopy } from './finished-copy.ts'

const execution = { executionId: '3f2b6c1e-8d4a-4b7e-9c55-0a1b2c3d4e5f', source: 'account' } as const
const file: SourceFile = {
  id: 'one',
  path: 'downloads/a.txt',
  segments: ['downloads', 'a.txt'],
  size: 5,
  updatedAt: '2026-01-02T03:04:05.000Z',
  mimeType: null,
  downloadUrl: '/a',
}
let folder = ''
let place = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'finished-'))
  place = path.join(folder, 'a.txt')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(content: string, time = file.updatedAt): void {
  writeFileSync(place, content)
  utimesSync(place, new Date(time), new Date(time))
}

function queue(executionId: string = execution.executionId, state = 'done') {
  const transfer = { index: 0, path: file.path, size: 5, status: { state } }
  return {
    list: () => [{ id: 'batch', kind: 'files', executionId, source: 'account', startedAt: 1 }],
    files: (_: string, from: number) => ({ total: 1, transfers: from === 0 ? [transfer] : [] }),
    placeOf: () => place,
  } as unknown as Transfers
}
const emptyQueue = { list: () => [] } as unknown as Transfers

const find = (executionId?: string, state?: string) => findFinishedCopy(queue(executionId, state), execution, file)

test('a download of the same version is found where it lies', async () => {
  write('hello')
  expect(await find()).toBe(place)
})

test('one that was changed, replaced by a link or moved since is not', async () => {
  write('changed')
  expect(await find()).toBeNull()
  write('hello', '2026-02-02T00:00:00.000Z')
  expect(await find()).toBeNull()
  rmSync(place)
  expect(await find()).toBeNull()
  writeFileSync(path.join(folder, 'other'), 'hello')
  symlinkSync(path.join(folder, 'other'), place)
  expect(await find()).toBeNull()
})

test('one of another run, or that is not done, is not', async () => {
  write('hello')
  expect(await find('00000000-0000-4000-8000-000000000000')).toBeNull()
  expect(await find(execution.executionId, 'running')).toBeNull()
})

test('the copy of a file is told with whether it is still the same', async () => {
  const state = async () => (await findLocalCopy(queue(), execution, file, folder))?.state
  write('hello')
  expect(await state()).toBe('same')
  write('hello', '2026-01-01T00:00:00.000Z')
  expect(await state()).toBe('older')
  write('mine!', '2026-02-02T00:00:00.000Z')
  expect(await state()).toBe('changed')
  write('other size', '2026-01-01T00:00:00.000Z')
  expect(await state()).toBe('changed')
  rmSync(place)
  expect(await state()).toBe('gone')
})

test('after a start of the app, a copy in the folder for downloads is known by its name, size and time alone', async () => {
  const copy = () => findLocalCopy(emptyQueue, execution, file, folder)
  expect(await copy()).toBeNull()
  write('hello')
  expect(await copy()).toEqual({ place, state: 'same' })
  write('mine!', '2026-02-02T00:00:00.000Z')
  expect(await copy()).toBeNull()
})

test('a folder that was downloaded whole is found, unless it lacks a file, holds another, or is of an older version', async () => {
  const site = path.join(folder, 'site')
  mkdirSync(path.join(site, 'css'), { recursive: true })
  const names = ['index.html', 'css/a.css']
  const files = names.map((name) => ({
    ...file,
    path: `workspace/site/${name}`,
    segments: ['workspace', 'site', ...name.split('/')],
  }))
  const writeAll = () => {
    for (const name of names) {
      const target = path.join(site, name)
      writeFileSync(target, 'hello')
      utimesSync(target, new Date(file.updatedAt), new Date(file.updatedAt))
    }
  }
  const transfers = {
    list: () => [{ id: 'batch', kind: 'files', ...execution, startedAt: 1 }],
    files: () => ({
      total: 2,
      transfers: files.map((each, index) => ({ index, path: each.path, size: 5, status: { state: 'done' } })),
    }),
    placeOf: (_: string, index: number) => path.join(site, names[index] ?? ''),
  } as unknown as Transfers
  const find = () => findFinishedFolder(transfers, execution, files, 2)

  expect(await find()).toBeNull()
  writeAll()
  expect(await find()).toBe(site)
  writeFileSync(path.join(site, 'mine.txt'), 'mine')
  expect(await find()).toBeNull()
  rmSync(path.join(site, 'mine.txt'))
  writeFileSync(path.join(site, 'index.html'), 'other')
  expect(await find()).toBeNull()
})
