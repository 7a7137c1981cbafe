import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WireFile } from '../../api/wire.ts'
import { foldText } from '../filter/fold-text.ts'
import { fileNamed, idOf, noFilter, rowsOf, stepsOf, take } from './listing-index.fixture.ts'
import { createListingIndex, type ListingIndex } from './listing-index.ts'
import { filesBelow, type PlainNode, plainMatches, plainRows, plainTree, sizeOf } from './plain-listing.fixture.ts'
import { anyFilter, anyListing, anySort } from './random-listing.fixture.ts'

const shown = (index: ListingIndex) =>
  rowsOf(index).map(({ node, path, level }) => ({ path, level, id: idOf(index, node) }))

test('rows, counts and sizes are those of a plain listing, for any files, sort, filter and set of open folders', () => {
  fc.assert(
    fc.property(anyListing, anySort, anyFilter, fc.func(fc.boolean()), (files, wantedSort, wantedFilter, isOpen) => {
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
    fc.property(anyListing, anySort, anyFilter, (files, wantedSort, wantedFilter) => {
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
    fc.property(
      anyListing,
      anySort,
      anyFilter,
      isOpenOf,
      asked,
      (files, wantedSort, wantedFilter, isOpen, questions) => {
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
      },
    ),
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
