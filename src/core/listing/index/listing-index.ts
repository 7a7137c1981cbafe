import type { Details, Filter, Place, Row, Sort, Summary } from '../../../shared/models/listing.ts'
import { Failure } from '../../failure.ts'
import type { SourceFile } from '../../transfers/file-source.ts'
import { createFileColumns, type FileColumns } from '../columns/file-columns.ts'
import { none } from '../columns/node-table.ts'
import { filterFiles, freeMatches, isEmptyFilter, isLetThrough, type Matches } from '../filter/filter-files.ts'
import { createFoldedNames, updateFoldedNames } from '../filter/folded-names.ts'
import { parseQuery } from '../filter/query.ts'
import { noteUnknownValues } from '../filter/unknown-values.ts'
import { createKeptCopy } from '../kept/kept-copy.ts'
import type { KeptView } from '../kept/listing-bytes.ts'
import { createOrders } from '../order/orders.ts'
import {
  createOpenFolders,
  filledDirectories,
  isOpen,
  openFilledDirectories,
  revealNode,
  setOpen,
} from '../rows/open-folders.ts'
import { createRowLayout } from '../rows/row-layout.ts'
import { rowNamed } from '../rows/row-named.ts'
import { createSelection, isPicked, keepPicks, type Selecting, select, selectedMask } from '../rows/selection.ts'
import { toRow } from '../rows/to-row.ts'
import { createFacets } from '../summary/facets.ts'
import { summarise, summariseFolder } from '../summary/file-totals.ts'
import { createCatalogue } from './catalogue.ts'
import type { ChosenNodes } from './choices.ts'
import { createChosenFiles } from './chosen-files.ts'
import { detailsOf, sourceFileOf } from './file-fields.ts'
import { createIncoming } from './incoming.ts'
import { describeSnapshot, type IndexView } from './index-view.ts'
import { fileAtPath, matchFiles, nodeAtPath } from './lookups.ts'
import {
  createSnapshot,
  freeSnapshot,
  isFolder,
  isShown,
  presentFile,
  type Snapshot,
  type SnapshotFacts,
} from './snapshot.ts'
import { createWalks } from './walks.ts'

const noFilter: Filter = { text: '', flat: false, directories: [], types: [], creators: [] }

/**
 * One execution's files as an index: the tree, and a view of it by sort, filter, open folders and selection.
 *
 * Plain data in, plain data out, so that it may live in a thread of its own.
 */
export type ListingIndex = ReturnType<typeof createListingIndex>

export function createListingIndex(now: () => number = Date.now) {
  const catalogue = createCatalogue()
  const { nodes } = catalogue
  const orders = createOrders(catalogue)
  const folders = createOpenFolders()
  const selection = createSelection()
  const folded = createFoldedNames()
  const walks = createWalks()
  const incoming = createIncoming(catalogue)
  const keptCopy = createKeptCopy(catalogue)
  const nothing = createSnapshot(catalogue, createFileColumns(), null, { leftOut: 0, lastUpdated: null, loadedAt: 0 })
  let snapshot = nothing
  /** The last listing that was whole: what the next is compared with. */
  let whole: Snapshot | null = null
  let facets = createFacets(catalogue, snapshot)
  let revision = 0
  let layoutRevision = 0
  let sort: Sort = { column: 'name', direction: 'ascending' }
  let filter = noFilter
  let query = parseQuery('', 0)
  let notes = query.errors
  let matches: Matches | null = null
  let place: Place = { focus: null, top: null }
  let left = place
  const chosen = createChosenFiles(catalogue, folded, selection, () => ({ filter, query, matches, snapshot }))
  const layout = createRowLayout(catalogue, folders, () => ({
    ordered: orders.get(snapshot, sort),
    snapshot,
    sort,
    matches,
    filter,
  }))

  function moved(): IndexView {
    layout.forget()
    revision += 1
    layoutRevision = revision
    return view()
  }
  function applyFilter(): void {
    query = parseQuery(filter.text, now())
    updateFoldedNames(folded, nodes)
    const unknown = noteUnknownValues(query, catalogue, folded, facets)
    notes = [...query.errors, ...unknown].sort((a, b) => a.from - b.from)
    // A choice or a walk may hold on to what the filter let through when it was made.
    const spare = chosen.areNone() && walks.areDone() ? matches : null
    if (!isEmptyFilter(filter, query)) matches = filterFiles(catalogue, snapshot, folded, filter, query, spare)
    else {
      matches = null
      if (spare) freeMatches(spare)
    }
  }
  function looked(): KeptView {
    return { sort, filter, open: folders.open, picks: selection.picks, place }
  }
  function isPresent(node: number): boolean {
    return presentFile(snapshot, node) !== none
  }
  function checked(node: number): number {
    if (node < nodes.count && isShown(snapshot, catalogue, node)) return node
    throw new Failure({ kind: 'invalid-input', message: 'That file is no longer in the list.' })
  }

  function showWhole(files: FileColumns, facts: SnapshotFacts): IndexView {
    const before = whole
    const filled = filledDirectories(catalogue, snapshot)
    whole = createSnapshot(catalogue, files, before, facts, () => {
      // A walk goes on through the listing that it started in, which then stays until it is collected.
      if (before && walks.areDone()) freeSnapshot(before)
    })
    return show(whole, filled)
  }
  function show(next: Snapshot, filled = filledDirectories(catalogue, snapshot)): IndexView {
    snapshot = next
    facets = createFacets(catalogue, snapshot)
    openFilledDirectories(folders, catalogue, filled, snapshot)
    applyFilter()
    keepPicks(selection, (node) => {
      if (!isLetThrough(matches, nodes, node)) return false
      return isFolder(catalogue, node) ? isShown(snapshot, catalogue, node) : isPresent(node)
    })
    return moved()
  }

  function view(): IndexView {
    const { count, only, fileCount, size } = chosen.selected()
    const described = describeSnapshot(snapshot)
    return {
      ...described,
      revision,
      layoutRevision,
      rowCount: layout.rows().count,
      sort,
      filter,
      filterNotes: notes,
      matchCount: matches?.fileCount ?? described.fileCount,
      matchSize: matches?.size ?? described.totalSize,
      selection: { count, only, fileCount, size },
      left,
      facets,
    }
  }

  return {
    view,
    /** Starts to take in a new answer of the API, beside the listing that is shown. */
    begin(): void {
      // While two listings are held, the other sorts of the first make room; they are quickly made again.
      orders.keepOnly(sort)
      incoming.begin(whole?.files ?? null)
    },
    /** Takes the answer's next bytes; answers how many files have come. Throws `bad-response`. */
    addBytes(bytes: Uint8Array): number {
      const count = incoming.addBytes(bytes)
      // Beside the arriving bytes, so that neither the last of them nor the first key of a filter has to wait for it.
      updateFoldedNames(folded, nodes, true)
      return count
    },
    /** Shows the listing that was taken in, and compares it with the one before. Throws `bad-response`. */
    complete(loadedAt: number): IndexView {
      const taken = incoming.end()
      return taken ? showWhole(taken.files, { ...taken.facts, loadedAt }) : view()
    },
    /** Shows what has come of a first listing so far; null when there is a whole one, which stays until the next is. */
    showSoFar(loadedAt: number): IndexView | null {
      const files = incoming.soFar()
      if (!files || whole) return null
      return show(createSnapshot(catalogue, files, null, { leftOut: 0, lastUpdated: null, loadedAt }))
    },
    /** Gives up what was being taken in, also what was shown of it. */
    abandon(): IndexView {
      incoming.abandon()
      return whole ? view() : show(nothing)
    },
    /** Does a little of what sorts will need, while nothing is asked; tells whether there is more to do. */
    prepare: (): boolean => !incoming.isUnderWay() && orders.prepare(snapshot),
    rows(from: number, to: number): { readonly revision: number; readonly rows: readonly Row[] } {
      const isFiltered = matches !== null
      const rows = layout
        .rows()
        .window(from, to)
        .map((placed) =>
          toRow(catalogue, snapshot, placed, {
            flat: filter.flat && isFiltered,
            open: isOpen(folders, placed.node, isFiltered),
            selected: isPicked(selection, placed.node),
            query,
            matches,
          }),
        )
      return { revision, rows }
    },
    setOpen(node: number, open: boolean, allBelow: boolean): IndexView {
      setOpen(folders, catalogue, checked(node), open, allBelow, matches !== null)
      return moved()
    },
    setAllOpen(open: boolean): IndexView {
      setOpen(folders, catalogue, none, open, true, matches !== null)
      return moved()
    },
    sort(wanted: Sort): IndexView {
      sort = wanted
      return moved()
    },
    filter(wanted: Filter): IndexView {
      const selected = chosen.selected()
      const isOn = matches !== null
      filter = wanted
      applyFilter()
      if (isOn || matches) chosen.letGoOfHidden(selected)
      if (!matches) folders.closedUnderFilter.fill(0)
      return moved()
    },
    select(selecting: Selecting): IndexView {
      if ('node' in selecting) checked(selecting.node)
      select(selection, selecting, layout.rows(), nodes, { matches, isFlat: filter.flat })
      revision += 1
      return view()
    },
    locate(node: number, reveal: boolean): { readonly row: number; readonly view: IndexView } {
      if (reveal && layout.rows().rowOf(checked(node)) === none) {
        revealNode(folders, catalogue, node, matches !== null)
        moved()
      }
      return { row: layout.rows().rowOf(node), view: view() }
    },
    /** Tells whether that is news. */
    notePlace(noted: Place): boolean {
      const isNew = noted.focus !== place.focus || noted.top !== place.top
      place = noted
      return isNew
    },
    typeAhead: (from: number, text: string): number => rowNamed(layout.rows(), folded, from, text),
    details(node: number): Details {
      const file = snapshot.fileOf[checked(node)] ?? none
      if (file !== none) return { kind: 'file', node, file: detailsOf(catalogue, snapshot.files, file) }
      const { shares, settle } = orders.get(snapshot, sort)
      settle(node)
      return { kind: 'folder', node, summary: summariseFolder(catalogue, snapshot, shares, node, matches) }
    },
    selectionSummary(): Summary {
      const mask = selectedMask(selection.picks, nodes, matches)
      const all = matches ? selectedMask(selection.picks, nodes, null) : mask
      return { ...summarise(catalogue, snapshot, mask, all), path: null, largest: [] }
    },
    nodeAt: (path: string): number | null => nodeAtPath(catalogue, snapshot, path),
    fileAt: (path: string) => fileAtPath(catalogue, snapshot, path),
    file(node: number): SourceFile | null {
      const index = presentFile(snapshot, node)
      return index === none ? null : sourceFileOf(catalogue, snapshot.files, index)
    },
    choose: chosen.choose,
    letGo: chosen.letGo,
    total: chosen.total,
    outermost: chosen.outermost,
    /** Finds files in the newest listing again, by id and then by path. */
    match: (wanted: readonly Pick<SourceFile, 'id' | 'path'>[]): readonly (SourceFile | null)[] =>
      matchFiles(catalogue, snapshot, wanted),
    /** Starts to hand out files, as they are now, a step at a time; answers what to call the walk. */
    walkFiles: (files: ChosenNodes): number => walks.start(chosen.fileSteps(files)),
    /** The same for paths. A selection's or list's folders are paths of their own; otherwise it is files. */
    walkPaths: (files: ChosenNodes): number => walks.start(chosen.pathSteps(files)),
    /** The next step of a walk, or null at its end. */
    walkOn: walks.next,
    endWalk: walks.end,
    /** Keeps the last whole listing, and how it is looked at, in a file, without links. Throws what the disk throws. */
    async keep(file: string): Promise<void> {
      if (whole) await keptCopy.keep(file, whole, looked())
    },
    /** Keeps how the listing that was kept last is looked at, beside its file. Throws what the disk throws. */
    async keepView(file: string): Promise<void> {
      if (whole) await keptCopy.keepView(file, whole, looked())
    },
    /** Shows the listing that is kept in a file; null when there is none. Only for an index that has shown none yet. */
    async restore(file: string): Promise<IndexView | null> {
      const kept = await keptCopy.restore(file, new Date(now()))
      if (!kept) return null
      ;({ sort, filter, place } = kept.view)
      left = place
      selection.picks = kept.view.picks
      selection.anchor = place.focus ?? none
      showWhole(kept.files, kept.facts)
      folders.open = kept.view.open
      return moved()
    },
  }
}
