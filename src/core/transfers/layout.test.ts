import { expect, test } from 'vitest'
import { layoutFor, placed, wholePaths } from './layout.ts'

async function places(paths: readonly string[], asked: { isRun?: boolean; isFolder?: boolean } = {}, files = paths) {
  const layout = await layoutFor({ isRun: false, isFolder: false, ...asked, paths, runFolder: 'Invoices 3f2504e0' })
  return files.map((file) => placed(layout, file.split('/')).join('/'))
}

test('one file goes by its name alone', async () => {
  expect(await places(['workspace/a/b.csv'])).toEqual(['b.csv'])
})

test('one folder goes by its name, and a directory by its own', async () => {
  expect(await places(['workspace/a'], { isFolder: true }, ['workspace/a/b/c.txt'])).toEqual(['a/b/c.txt'])
  expect(await places(['debug'], { isFolder: true }, ['debug/last.log'])).toEqual(['debug/last.log'])
})

test('several go by their paths below their deepest common folder', async () => {
  expect(await places(['workspace/a/b/1', 'workspace/a/c/2', 'workspace/a/3'])).toEqual(['b/1', 'c/2', '3'])
  expect(await places(['workspace/ab/1', 'workspace/a/2'])).toEqual(['ab/1', 'a/2'])
  expect(await places(['uploads/1', 'debug/2'])).toEqual(['uploads/1', 'debug/2'])
})

test('a run, and matches across its directories, go into a folder of the run', async () => {
  expect(await places([], { isRun: true }, ['debug/1'])).toEqual(['Invoices 3f2504e0/debug/1'])
  expect(await places(['debug/1', 'uploads/2'], { isRun: true })).toEqual([
    'Invoices 3f2504e0/debug/1',
    'Invoices 3f2504e0/uploads/2',
  ])
})

test('matches within one folder go as several files do', async () => {
  expect(await places(['debug/a/1', 'debug/a/b/2'], { isRun: true })).toEqual(['1', 'b/2'])
})

test('a file keeps its name, whatever falls away', () => {
  expect(placed({ leading: 9, folder: null }, ['debug', 'a'])).toEqual(['a'])
  expect(placed(wholePaths, ['debug', 'a'])).toEqual(['debug', 'a'])
})
