import { expect, test } from 'vitest'
import { parseListing } from '../api/listing-parser.ts'
import { buildTree, filesBelow, pathOf } from './tree.ts'
import { toRow, visibleRows } from './visible-rows.ts'

const entry = (filePath: string, fileSize = 1) => ({
  id: filePath,
  filePath,
  fileSize,
  downloadUrl: 'https://x.example',
})
const treeOf = (directories: Record<string, unknown>) => buildTree(parseListing(JSON.stringify({ directories })))
const byName = { column: 'name', direction: 'ascending' } as const

test('the five directories are always there, in their order, and an unknown one comes after them', () => {
  const names = treeOf({ zzz: [entry('a')], debug: [] }).directories.map((node) => node.name)
  expect(names).toEqual(['uploads', 'downloads', 'workspace', 'shared', 'debug', 'zzz'])
})

test('a file and a folder of one name, and files that repeat, all stay in view', () => {
  const tree = treeOf({ workspace: [entry('a'), entry('a/b'), entry('a')] })
  expect(filesBelow(tree.directories).map(pathOf)).toEqual(['workspace/a', 'workspace/a/b', 'workspace/a'])
})

test('folders count and add up what is below them', () => {
  const workspace = treeOf({ workspace: [entry('a/b/c', 5), entry('a/d', 7)] }).directories[2]
  expect([workspace?.fileCount, workspace?.size]).toEqual([2, 12])
})

test('rows follow the open folders, folders first and numbers in natural order', () => {
  const tree = treeOf({ workspace: [entry('f10'), entry('f9'), entry('z/x')] })
  const workspace = tree.directories[2]
  const open = new Set(workspace ? [workspace] : [])
  const rows = visibleRows(tree, open, byName).map((row) => toRow(row, open, tree))
  expect(rows.map((row) => `${row.level} ${row.name} ${row.parentRow}`)).toEqual([
    '1 uploads -1',
    '1 downloads -1',
    '1 workspace -1',
    '2 z 2',
    '2 f9 2',
    '2 f10 2',
    '1 shared -1',
    '1 debug -1',
  ])
})
