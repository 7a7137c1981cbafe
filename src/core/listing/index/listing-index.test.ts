import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columns } from '../../../shared/columns.ts'
import type { Filter, Row } from '../../../shared/models/listing.ts'
import type { WireFile } from '../../api/wire.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
import { foldText } from '../filter/fold-text.ts'
import { pathWithinDirectory } from './entry-path.ts'
import { fileTypes } from './file-type.ts'
import { createListingIndex, type ListingIndex } from './listing-index.ts'
import { filesBelow, type PlainNode, plainMatches, plainRows, plainTree, sizeOf } from './plain-listing.fixture.ts'
import { anyDirectory, anyListing } from './random-listing.fixture.ts'

const sort = fc.record({ column: fc.constantFrom(...columns), direction: fc.constantFrom('ascending', 'descending') })
const word = fc.constantFrom('a', 'B', 'b1', 'csv', '/a', 'a/', 'e/b', 'work', '-a', '-csv', '東', 'ss', '-')
const some = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(values))
const filter = fc.record({
  text: fc.array(word, { maxLength: 2 }).map((words) => words.join(' ')),
  flat: fc.boolean(),
  directories: some(anyDirectory),
  types: some(fc.constantFrom(...fileTypes)),
  creators: some(fc.constantFrom('agent', 'user')),
})

const act = fc.record({ how: fc.constantFrom('only', 'toggle', 'extend', 'all', 'none'), row: fc.nat(60) })

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

const noFilter: Filter = { text: '', flat: false, directories: [], types: [], creators: [] }

function take(index: ListingIndex, files: readonly WireFile[], loadedAt: number) {
  index.begin()
  index.addBytes(Buffer.from(JSON.stringify({ directories: { all: files } })))
  return index.complete(loadedAt)
}

function rowsOf(index: ListingIndex) {
  return index.rows(0, 10_000).rows
}
function idOf(index: ListingIndex, node: number): string | null {
  const details = index.details(node)
  return details.kind === 'file' ? details.file.id : null
}
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
const shown = (index: ListingIndex) =>
  rowsOf(index).map(({ node, path, level }) => ({ path, level, id: idOf(index, node) }))

test('rows, counts and sizes are those of a plain listing, for any files, sort, filter and set of open folders', () => {
  fc.assert(
    fc.property(anyListing, sort, filter, fc.func(fc.boolean()), (files, wantedSort, wantedFilter, isOpen) => {
      const index = createListingIndex()
      take(index, files, 1)
      const roots = plainTree(files, ['all'])
      index.setAllOpen(true)
      for (const { kind, node, path } of rowsOf(index)) if (kind !== 'file') index.setOpen(node, isOpen(path), false)
      index.sort(wantedSort)
      expect(shown(index)).toEqual(plainRows(roots, wantedSort, null, false, isOpen))

      const view = index.filter(wantedFilter)
      const isOn = wantedFilter.text.replaceAll(/[- ]/g, '') !== '' || view.matchCount < files.length
      const matches = plainMatches(roots, wantedFilter)
      expect(view.matchCount).toBe(matches.size)
      expect(view.matchSize).toBe([...matches].reduce((sum, each) => sum + (each.fileSize ?? 0), 0))
      if (isOn) {
        expect(shown(index)).toEqual(plainRows(roots, wantedSort, matches, wantedFilter.flat, () => true))
        for (const row of rowsOf(index).filter(({ kind }) => kind !== 'file')) {
          const folder = nodeAt(roots, row.path, null)
          const [all, matching] = [filesBelow(folder), filesBelow(folder).filter((file) => matches.has(file))]
          expect([row.fileCount, row.hiddenCount, row.size]).toEqual([
            matching.length,
            all.length - matching.length,
            sizeOf(folder, matches),
          ])
        }
      }

      index.filter(noFilter)
      expect(shown(index)).toEqual(plainRows(roots, wantedSort, null, false, isOpen))
      for (const row of rowsOf(index)) {
        const node = nodeAt(roots, row.path, idOf(index, row.node))
        expect([row.fileCount, row.hiddenCount, row.size ?? null]).toEqual([
          filesBelow(node).length,
          0,
          node.file ? node.file.fileSize : sizeOf(node),
        ])
      }
    }),
    { numRuns: 200 },
  )
})

test('under a filter folders are as large as what matches in them, and stand by that when sorted by size', () => {
  const index = createListingIndex()
  const sized = (path: string, fileSize: number) => ({ ...fileNamed(path), fileSize })
  take(
    index,
    [sized('a/match', 1), sized('a/other', 9), sized('b/match', 2), sized('c/match', 2), sized('match', 5)],
    1,
  )
  index.setAllOpen(true)
  const folders = () => rowsOf(index).flatMap(({ kind, name, size }) => (kind === 'folder' ? [`${name} ${size}`] : []))
  index.sort({ column: 'size', direction: 'descending' })
  expect(folders()).toEqual(['a 10', 'b 2', 'c 2'])
  index.filter({ ...noFilter, text: 'match' })
  expect(folders()).toEqual(['b 2', 'c 2', 'a 1'])
  index.sort({ column: 'size', direction: 'ascending' })
  expect(folders()).toEqual(['a 1', 'b 2', 'c 2'])
  expect(rowsOf(index).map(({ fileCount, hiddenCount }) => [fileCount, hiddenCount])[1]).toEqual([1, 1])
  index.filter(noFilter)
  expect(folders()).toEqual(['b 2', 'c 2', 'a 10'])
})

test('a row says where it stands among its siblings, and in which row', () => {
  fc.assert(
    fc.property(anyListing, sort, filter, (files, wantedSort, wantedFilter) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      index.sort(wantedSort)
      index.filter(wantedFilter)
      const rows = rowsOf(index)
      for (const [number, row] of rows.entries()) {
        const siblings = rows.filter((each) => each.parentRow === row.parentRow)
        expect([row.setSize, row.position]).toEqual([siblings.length, siblings.indexOf(row) + 1])
        expect(index.locate(row.node, false).row).toBe(number)
        const above = rows[row.parentRow]
        if (above) expect(row.path.startsWith(`${above.path}/`) && row.level === above.level + 1).toBe(true)
        else expect(row.level).toBe(1)
      }
    }),
  )
})

test('some of the rows are a part of all of them, in a window, a reach or a search by name', () => {
  const isOpenOf = fc.func(fc.boolean())
  const asked = fc.array(fc.record({ from: fc.nat(50), to: fc.nat(50), text: fc.constantFrom('a', 'B1', 'x', 'work') }))
  fc.assert(
    fc.property(anyListing, sort, filter, isOpenOf, asked, (files, wantedSort, wantedFilter, isOpen, questions) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      index.sort(wantedSort)
      index.filter(wantedFilter)
      for (const { kind, node, path } of rowsOf(index)) if (kind !== 'file') index.setOpen(node, isOpen(path), false)
      const rows = rowsOf(index)
      expect(index.view().rowCount).toBe(rows.length)
      for (const { from, to, text } of questions) {
        expect(index.rows(from, to).rows).toEqual(rows.slice(from, to))
        const start = from % (rows.length + 1)
        const inTurn = [...rows.keys()].map((_, step) => (start + step) % rows.length)
        const isFound = (row: number) => foldText(rows[row]?.name ?? '').startsWith(foldText(text))
        if (rows.length > 0) expect(index.typeAhead(start, text)).toBe(inTurn.find(isFound) ?? -1)
        const [one, other] = [rows[from], rows[to]]
        if (!one || !other) continue
        index.select({ how: 'only', node: one.node })
        index.select({ how: 'extend', node: other.node })
        const picked = rowsOf(index).flatMap(({ selected }, row) => (selected ? [row] : []))
        const reached = [...rows.keys()].filter((row) => row >= Math.min(from, to) && row <= Math.max(from, to))
        expect(picked).toEqual(reached)
        index.select({ how: 'none' })
      }
    }),
    { numRuns: 300 },
  )
})

test('a refresh tells what a comparison by path tells, and keeps the number of every node that stays', () => {
  fc.assert(
    fc.property(anyListing, anyListing, (first, second) => {
      const index = createListingIndex()
      take(index, first, 1)
      index.setAllOpen(true)
      const before = new Map(rowsOf(index).map((row) => [`${row.kind} ${row.path}`, row.node]))
      const view = take(index, second, 2)
      index.setAllOpen(true)

      const [were, are] = [byPlace(first), byPlace(second)]
      const gone = [...were.keys()].filter((place) => !are.has(place))
      const added = [...are.keys()].filter((place) => !were.has(place))
      const changed = [...are].filter(([place, each]) => {
        const earlier = were.get(place)
        return earlier && facts(earlier) !== facts(each)
      })
      expect(view.changes).toEqual({ added: added.length, changed: changed.length, gone: gone.length })
      expect([view.fileCount, rowsOf(index).filter((row) => row.kind === 'file').length]).toEqual([
        second.length,
        second.length + gone.length,
      ])
      const repeats = (path: string) =>
        rowsOf(index).filter((row) => row.path === path && row.kind === 'file').length > 1
      for (const { kind, path, node } of rowsOf(index)) {
        const known = before.get(`${kind} ${path}`)
        if (known !== undefined && !repeats(path)) expect(node).toBe(known)
      }
    }),
  )
})

test('a selection stands for its files, each once, and survives sorting, opening and refreshing', () => {
  fc.assert(
    fc.property(anyListing, anyListing, sort, fc.array(act, { maxLength: 6 }), (files, later, order, acts) => {
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

test('a filter lets go of what it hides, and no change of it adds a file to the selection', () => {
  fc.assert(
    fc.property(
      anyListing,
      fc.array(act, { maxLength: 4 }),
      fc.array(fc.record({ narrow: filter, acts: fc.array(act, { maxLength: 2 }) }), { maxLength: 4 }),
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
    fc.property(anyListing, filter, (files, narrow) => {
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
    fc.property(anyListing, filter, fc.array(act, { maxLength: 4 }), (files, narrow, acts) => {
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

test('a walk goes on through the files that it began with, whatever a refresh brings', () => {
  const files = Array.from({ length: 1_200 }, (_, number) => fileNamed(`file ${number}`))
  const index = createListingIndex()
  take(index, files, 1)
  const paths = index.walkPaths({ what: 'all' })
  const walked = index.walkFiles({ what: 'all' })
  const first = index.walkOn(walked) ?? []
  const firstPaths = index.walkOn(paths) ?? []
  take(index, [fileNamed('another')], 2)
  take(index, [fileNamed('a third')], 3)
  const ids = [...first, ...stepsOf(index, walked)].map((each) => (typeof each === 'string' ? each : each.id))
  expect(ids).toEqual(files.map(({ id }) => id))
  expect([...firstPaths, ...stepsOf(index, paths)]).toEqual(files.map(({ filePath }) => `workspace/${filePath}`))
})

test('a walk and a choice stay with what the filter let through when they were made, whatever is filtered for next', () => {
  const files = Array.from({ length: 1_200 }, (_, number) => fileNamed(`file ${number}`))
  const index = createListingIndex()
  take(index, files, 1)
  const ones = files.flatMap(({ id }) => (id.includes('1') ? [id] : []))
  index.filter({ ...noFilter, text: '1' })
  index.choose(7, { what: 'matches' })
  for (const text of ['2', '3', '', '4']) index.filter({ ...noFilter, text })
  expect(index.total({ what: 'matches', ...{ choice: 7 } }).fileCount).toBe(ones.length)
  index.letGo(7)
  index.filter({ ...noFilter, text: '1' })
  const walked = index.walkFiles({ what: 'matches' })
  const first = index.walkOn(walked) ?? []
  for (const text of ['2', '3', '', '4']) index.filter({ ...noFilter, text })
  const ids = [...first, ...stepsOf(index, walked)].map((each) => (typeof each === 'string' ? each : each.id))
  expect(ids).toEqual(ones)
})

test('refresh after refresh, the newest files are there with all that is known of them', () => {
  fc.assert(
    fc.property(fc.array(anyListing, { minLength: 2, maxLength: 5 }), (listings) => {
      const index = createListingIndex()
      for (const [number, files] of listings.entries()) take(index, files, number + 1)
      index.setAllOpen(true)
      const found = stepsOf(index, index.walkFiles({ what: 'all' }))
      const last = listings.at(-1) ?? []
      expect(found.map((each) => typeof each !== 'string' && [each.id, each.size, each.downloadUrl])).toEqual(
        last.map(({ id, fileSize, downloadUrl }) => [id, fileSize, downloadUrl]),
      )
    }),
    { numRuns: 50 },
  )
})

// Going through all earlier ones for each would take minutes here.
test('a path that comes a hundred thousand times is taken in as so many files, also by a refresh', () => {
  const index = createListingIndex()
  const files = Array.from({ length: 100_000 }, () => fileNamed('same.txt'))
  take(index, files, 1)
  expect(take(index, files, 2)).toMatchObject({ fileCount: files.length, changes: { added: 0, gone: 0 } })
})

function fileNamed(filePath: string): WireFile {
  const [createdAt, updatedAt] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']
  const whose = { agentId: '', executionId: '', createdBy: 'agent', mimeType: null }
  const where = { directory: 'workspace', filePath, fileName: filePath, downloadUrl: `https://x.example/${filePath}` }
  return { id: `id of ${filePath}`, fileSize: 1, createdAt, updatedAt, ...whose, ...where }
}

function stepsOf(index: ListingIndex, name: number) {
  const all: (string | SourceFile)[] = []
  for (let step = index.walkOn(name); step !== null; step = index.walkOn(name)) all.push(...step)
  return all
}

function pathOf({ directory, filePath, fileName }: WireFile): string {
  return [directory, ...pathWithinDirectory(directory, filePath, fileName)].join('/')
}

function walk(index: ListingIndex): readonly SourceFile[] {
  return stepsOf(index, index.walkFiles({ what: 'selection' })).filter((each) => typeof each !== 'string')
}

/** Files by directory, path and how many of the same went before. */
function byPlace(files: readonly WireFile[]): ReadonlyMap<string, WireFile> {
  const places = new Map<string, WireFile>()
  for (const each of files) {
    let place = `${each.directory}/${each.filePath}`
    while (places.has(place)) place += '+'
    places.set(place, each)
  }
  return places
}

function facts({ fileSize, updatedAt, createdBy, mimeType }: WireFile): string {
  return JSON.stringify([fileSize, Date.parse(updatedAt), createdBy, mimeType])
}

function nodeAt(roots: readonly PlainNode[], path: string, id: string | null): PlainNode {
  const all = (node: PlainNode): readonly PlainNode[] => [node, ...node.children.flatMap(all)]
  const found = roots.flatMap(all).find((node) => node.path === path && (node.file?.id ?? null) === id)
  if (!found) throw new Error(`There is nothing at ${path}.`)
  return found
}
