import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../shared/models/listing.ts'
import type { WireFile } from '../../api/wire.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
import { pathWithinDirectory } from './entry-path.ts'
import { fileNamed, idOf, noFilter, rowsOf, stepsOf, take } from './listing-index.fixture.ts'
import { createListingIndex, type ListingIndex } from './listing-index.ts'
import { plainMatches, plainTree } from './plain-listing.fixture.ts'
import { type Act, anyAct, anyFilter, anyListing, anySort } from './random-listing.fixture.ts'

/** Acts on the rows on show as a person does. */
function carryOut(index: ListingIndex, acts: readonly Act[]): void {
  for (const { how, row } of acts) {
    const node = rowsOf(index)[row]?.node
    if (how === 'all' || how === 'none') index.select({ how })
    else if (node !== undefined) index.select({ how, node })
  }
}

function isBelow(row: Row, folder: Row): boolean {
  return row.kind === 'file' && folder.kind !== 'file' && row.path.startsWith(`${folder.path}/`)
}

/** The files on show that are selected, or in a folder that is. */
function selectedFiles(index: ListingIndex): readonly Row[] {
  const rows = rowsOf(index)
  const picked = rows.filter((row) => row.selected)
  const isIn = (row: Row) => picked.some((each) => each.node === row.node || isBelow(row, each))
  return rows.filter((row) => row.kind === 'file' && isIn(row))
}

test('a selection stands for its files, each once, and survives sorting, opening and refreshing', () => {
  fc.assert(
    fc.property(anyListing, anyListing, anySort, fc.array(anyAct, { maxLength: 6 }), (files, later, order, acts) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      carryOut(index, acts)
      const picked = rowsOf(index).filter((row) => row.selected)
      const covered = selectedFiles(index)
      const expected = {
        count: picked.length,
        only: picked.length === 1 ? picked[0]?.node : null,
        fileCount: covered.length,
        size: covered.reduce((sum, row) => sum + (row.size ?? 0), 0),
      }
      expect(index.view().selection).toEqual(expected)
      expect(index.sort(order).selection).toEqual(expected)
      index.setAllOpen(false)
      expect(index.setAllOpen(true).selection).toEqual(expected)
      expect(walk(index)).toHaveLength(expected.fileCount)

      take(index, later, 2)
      index.setAllOpen(true)
      const still = new Set(rowsOf(index).map((row) => row.node))
      const now = rowsOf(index).filter((row) => row.selected)
      expect(now.every((row) => row.change !== 'gone' || row.kind !== 'file')).toBe(true)
      expect(new Set(now.map((row) => row.node))).toEqual(
        new Set(
          picked
            .map((row) => row.node)
            .filter(
              (node) => still.has(node) && rowsOf(index).some((row) => row.node === node && row.change !== 'gone'),
            ),
        ),
      )
    }),
  )
})

test('rows of the newest layout differ from the newest rows in nothing but what is selected', () => {
  const withoutMarks = (index: ListingIndex) => rowsOf(index).map((row) => ({ ...row, selected: false }))
  fc.assert(
    fc.property(anyListing, anySort, fc.array(anyAct, { minLength: 1, maxLength: 6 }), (files, order, acts) => {
      const index = createListingIndex()
      const { layoutRevision: atFirst } = take(index, files, 1)
      index.setAllOpen(true)
      const { revision, layoutRevision } = index.sort(order)
      expect(layoutRevision).toBe(revision)
      expect(layoutRevision).toBeGreaterThan(atFirst)
      const before = withoutMarks(index)
      carryOut(index, acts)
      expect(index.view().layoutRevision).toBe(layoutRevision)
      expect(withoutMarks(index)).toEqual(before)
    }),
  )
})

test('a filter lets go of what it hides, and no change of it adds a file to the selection', () => {
  fc.assert(
    fc.property(
      anyListing,
      fc.array(anyAct, { maxLength: 4 }),
      fc.array(fc.record({ narrow: anyFilter, acts: fc.array(anyAct, { maxLength: 2 }) }), { maxLength: 4 }),
      (files, acts, changes) => {
        const index = createListingIndex()
        take(index, files, 1)
        index.setAllOpen(true)
        carryOut(index, acts)
        for (const change of [...changes, { narrow: noFilter, acts: [] }]) {
          const before = rowsOf(index).filter((row) => row.selected)
          const selected = new Set(selectedFiles(index).map(({ node }) => node))
          const view = index.filter(change.narrow)
          const matches = plainMatches(plainTree(files, ['all']), change.narrow)
          const rows = rowsOf(index)
          const isLeft = ({ node, kind }: Row) =>
            kind === 'file' && selected.has(node) && [...matches].some(({ id }) => id === idOf(index, node))
          const left = rows.filter(isLeft)
          expect(selectedFiles(index)).toEqual(left)
          expect(walk(index).map(({ id }) => id)).toHaveLength(left.length)
          const now = rows.filter((row) => row.selected)
          expect(view.selection).toMatchObject({
            count: now.length,
            fileCount: left.length,
            size: left.reduce((sum, row) => sum + (row.size ?? 0), 0),
          })
          const isWhole = (folder: Row) => rows.filter((row) => isBelow(row, folder)).every(isLeft)
          const folders = rows.filter((row) => row.kind !== 'file')
          const were = folders.filter((row) => before.some(({ node }) => node === row.node))
          expect(folders.filter((row) => row.selected)).toEqual(were.filter(isWhole))
          carryOut(index, change.acts)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('a file that a refresh takes out of what the filter lets through is let go of, and its folder goes on', () => {
  const index = createListingIndex()
  const sized = (path: string, fileSize: number) => ({ ...fileNamed(path), fileSize })
  take(index, [sized('a/small', 9), sized('a/large', 9), sized('b/small', 9)], 1)
  index.setAllOpen(true)
  index.filter({ ...noFilter, text: 'size:>5' })
  for (const path of ['workspace/a', 'workspace/b/small'])
    index.select({ how: 'toggle', node: index.nodeAt(path) ?? 0 })
  expect(index.view().selection).toMatchObject({ count: 2, fileCount: 3 })
  const { selection } = take(index, [sized('a/small', 1), sized('a/large', 9), sized('b/small', 1)], 2)
  expect(selection).toEqual({ count: 1, only: index.nodeAt('workspace/a'), fileCount: 1, size: 9 })
})

test('a folder under a filter means its matching files, in its details as in a download of it', () => {
  fc.assert(
    fc.property(anyListing, anyFilter, (files, narrow) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      index.filter(narrow)
      const rows = rowsOf(index)
      for (const folder of rows.filter(({ kind }) => kind !== 'file')) {
        const within = rows.filter((row) => isBelow(row, folder))
        const size = within.reduce((sum, row) => sum + (row.size ?? 0), 0)
        const all = files.filter((each) => pathOf(each).startsWith(`${folder.path}/`)).length
        const details = index.details(folder.node)
        const summary = details.kind === 'folder' ? details.summary : null
        expect(summary).toMatchObject({ fileCount: within.length, size, hiddenCount: all - within.length })
        expect(index.total({ what: 'nodes', nodes: [folder.node] })).toMatchObject({ fileCount: within.length, size })
        const inLargest = summary?.largest.reduce((sum, each) => sum + each.size, 0)
        expect(inLargest).toBe(size)
        index.select({ how: 'only', node: folder.node })
        expect(index.selectionSummary()).toMatchObject({ fileCount: within.length, hiddenCount: all - within.length })
      }
    }),
  )
})

test('what a selection comes to covers its files, each once, and nothing that the filter hides', () => {
  fc.assert(
    fc.property(anyListing, anyFilter, fc.array(anyAct, { maxLength: 4 }), (files, narrow, acts) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      index.filter(narrow)
      carryOut(index, acts)
      const selected = walk(index).map(({ id }) => id)
      const chosen = index.outermost({ what: 'selection' }, 1_000) ?? []
      const brought = chosen.flatMap((node) => stepsOf(index, index.walkFiles({ what: 'nodes', nodes: [node] })))
      expect(brought.map((each) => (typeof each === 'string' ? each : each.id)).toSorted()).toEqual(selected.toSorted())
      if (chosen.length > 0) expect(index.outermost({ what: 'selection' }, chosen.length - 1)).toBeNull()
    }),
    { numRuns: 200 },
  )
})

test('a folder and a file in it, named both, come to the folder, in the order in which they were named', () => {
  const index = createListingIndex()
  take(index, [fileNamed('a/b'), fileNamed('c')], 1)
  index.setAllOpen(true)
  const [folder = 0, inside = 0, beside = 0] = ['a', 'a/b', 'c'].map((name) => index.nodeAt(`workspace/${name}`) ?? 0)
  expect(index.outermost({ what: 'nodes', nodes: [inside, beside, folder] }, 9)).toEqual([beside, folder])
})

function pathOf({ directory, filePath, fileName }: WireFile): string {
  return [directory, ...pathWithinDirectory(directory, filePath, fileName)].join('/')
}

function walk(index: ListingIndex): readonly SourceFile[] {
  return stepsOf(index, index.walkFiles({ what: 'selection' })).filter((each) => typeof each !== 'string')
}

test('a row that a filter hid just before it was selected is not selected, as if it had been selected just before', () => {
  const index = createListingIndex()
  take(index, [fileNamed('a.txt'), fileNamed('b.csv'), fileNamed('c.csv')], 1)
  index.setAllOpen(true)
  const nodeOf = (name: string) => rowsOf(index).find((row) => row.name === name)?.node ?? -1
  const [text, first, second] = ['a.txt', 'b.csv', 'c.csv'].map(nodeOf)
  const [directory = -1] = [rowsOf(index).find((row) => row.kind === 'directory' && row.fileCount === 3)?.node]
  const select = (how: 'only' | 'toggle' | 'extend', node = -1) => index.select({ how, node }).selection
  index.filter({ ...noFilter, text: '*.csv' })
  expect(select('only', first)).toMatchObject({ count: 1, only: first })
  expect(select('only', text)).toMatchObject({ count: 0 })
  select('only', first)
  expect(select('toggle', text)).toMatchObject({ count: 1, only: first })
  expect(select('extend', text)).toMatchObject({ count: 1, only: first })
  expect(select('toggle', second)).toMatchObject({ count: 2 })
  expect(select('only', directory)).toMatchObject({ count: 1, fileCount: 2 })
  index.filter({ ...noFilter, text: '*.csv', flat: true })
  expect(select('only', directory)).toMatchObject({ count: 0 })
  expect(index.filter(noFilter).selection.count).toBe(0)
})
