import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columns } from '../../../shared/columns.ts'
import type { Filter } from '../../../shared/models/listing.ts'
import type { WireFile } from '../../api/wire.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
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
      if (isOn) expect(shown(index)).toEqual(plainRows(roots, wantedSort, matches, wantedFilter.flat, () => true))

      index.filter(noFilter)
      expect(shown(index)).toEqual(plainRows(roots, wantedSort, null, false, isOpen))
      for (const row of rowsOf(index)) {
        const node = nodeAt(roots, row.path, idOf(index, row.node))
        expect([row.fileCount, row.size ?? null]).toEqual([
          filesBelow(node).length,
          node.file ? node.file.fileSize : sizeOf(node),
        ])
      }
    }),
    { numRuns: 200 },
  )
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

test('a selection stands for its files, each once, and survives sorting, filtering and refreshing', () => {
  const act = fc.record({
    how: fc.constantFrom('only', 'toggle', 'extend', 'all', 'none'),
    row: fc.nat(60),
  })
  fc.assert(
    fc.property(
      anyListing,
      anyListing,
      sort,
      filter,
      fc.array(act, { maxLength: 6 }),
      (files, later, order, narrow, acts) => {
        const index = createListingIndex()
        take(index, files, 1)
        index.setAllOpen(true)
        for (const { how, row } of acts) {
          const node = rowsOf(index)[row]?.node
          if (how === 'all' || how === 'none') index.select({ how })
          else if (node !== undefined) index.select({ how, node })
        }
        const picked = rowsOf(index).filter((row) => row.selected)
        const covers = (path: string, node: number) =>
          picked.some((row) => row.node === node || (row.kind !== 'file' && path.startsWith(`${row.path}/`)))
        const covered = rowsOf(index).filter((row) => row.kind === 'file' && covers(row.path, row.node))
        const expected = {
          count: picked.length,
          fileCount: covered.length,
          size: covered.reduce((sum, row) => sum + (row.size ?? 0), 0),
        }
        expect(index.view().selection).toEqual(expected)
        index.sort(order)
        expect(index.filter(narrow).selection).toEqual(expected)
        expect(index.filter(noFilter).selection).toEqual(expected)
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
      },
    ),
  )
})

test('what a selection comes to covers its files, each once, and nothing that the filter hides', () => {
  const act = fc.record({ how: fc.constantFrom('only', 'toggle', 'extend', 'all'), row: fc.nat(60) })
  fc.assert(
    fc.property(anyListing, filter, fc.array(act, { maxLength: 4 }), (files, narrow, acts) => {
      const index = createListingIndex()
      take(index, files, 1)
      index.setAllOpen(true)
      index.filter(narrow)
      for (const { how, row } of acts) {
        const node = rowsOf(index)[row]?.node
        if (how === 'all') index.select({ how })
        else if (node !== undefined) index.select({ how, node })
      }
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
