import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ActionId } from '../../../../shared/actions.ts'
import type { Row } from '../../../../shared/models/listing.ts'
import { isFiltering } from '../../store/listing.ts'
import { rowAt } from '../../store/rows.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { LazyMenu } from '../../ui/menu.tsx'
import { below, isMenuKey } from '../../ui/menu-key.ts'
import type { MenuAnchor } from '../../ui/popup-menu.tsx'
import { useAsked } from '../../ui/use-asked.ts'
import { useElementWidth } from '../../ui/use-element-width.ts'
import { useNow } from '../../ui/use-now.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { ColumnHead } from './column-head.tsx'
import { columnStyle, fittingColumns, leastNameWidth, sideRoom } from './columns.ts'
import { FileRow, rowElementId, WaitingRow } from './file-row.tsx'
import styles from './file-tree.module.css'
import { rowMenu } from './row-menu.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { usePassingRows } from './use-passing-rows.ts'
import { useSlots } from './use-slots.ts'
import { useTreeKeys } from './use-tree-keys.ts'
import { rowOfEvent, useTreePointer } from './use-tree-pointer.ts'

const rowHeight = 26
const headHeight = 28
const rowsOfAnchor = 10_000
/** A flat list has the folder after the name. */
const leastFlatWidth = 330

/** What makes rows draggable out of the window; left out, they are not. */
export type RowDrag = {
  readonly onPress: (row: Row) => void
  readonly onDragStart: (event: DragEvent, row: Row) => void
}

type FileTreeProps = { readonly platform: string; readonly drag?: RowDrag | undefined }

/** The run's files as a tree, drawn a window of rows at a time. */
export const FileTree = memo(function FileTree({ platform, drag }: FileTreeProps) {
  const store = useAppStore()
  const rowCount = useApp((state) => state.listing?.rowCount ?? 0)
  const isFlat = useApp(({ listing }) => listing?.filter.flat === true && isFiltering(listing.filter))
  const pages = useApp((state) => state.pages)
  const focusRow = useApp((state) => state.focus.row)
  const layout = useApp((state) => state.settings?.layout.columns)
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const width = useElementWidth(scroller)
  const rows = useVirtualRows({ scroller, rowCount, rowHeight, headHeight })
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null)
  const onTreeKey = useTreeKeys(store, rows.rowsInView)
  const pointer = useTreePointer(store)

  const columns = useStable(fittingColumns(layout ?? [], width - sideRoom, isFlat ? leastFlatWidth : leastNameWidth))
  const widths = useMemo(() => columnStyle(columns), [columns])
  const columnNames = useStable(columns.map(({ column }) => column))

  useKeptPlace(store, rows)
  const { from, to, isPassing } = rows
  useEffect(() => store.getState().wantRows(from, to, isPassing), [store, from, to, isPassing])

  // The keyboard goes to the files as soon as they are there, unless it is busy elsewhere.
  useEffect(() => {
    if (isKeyboardFree()) scroller.current?.focus({ preventScroll: true })
  }, [])

  useAsked(
    useApp((state) => state.filesAsked),
    () => scroller.current?.focus({ preventScroll: true }),
  )

  const asked = useApp((state) => state.revealAsked)
  const { show } = rows
  // Shown when asked, not whenever the focused row's number changes. At once, so that rows are drawn once for both the
  // focus and the place, and before they are, since a page that has changed would have to be laid out to be scrolled.
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.revealAsked !== before.revealAsked) show(state.focus.row)
      }),
    [store, show],
  )
  // And once it is drawn, since the list may have become longer with it.
  useLayoutEffect(() => {
    if (asked > 0) show(store.getState().focus.row)
  }, [asked, show, store])

  const openMenu = (event: MouseEvent) => {
    const hit = rowOfEvent(store, event)
    if (!hit) return
    event.preventDefault()
    if (!hit.row.selected) void store.getState().selectRow('only', hit.index)
    setMenuAt({ x: event.clientX, y: event.clientY })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const active = document.getElementById(rowElementId(store.getState().focus.row))
    if (!isMenuKey(event) || !active) return onTreeKey(event)
    event.preventDefault()
    setMenuAt(below(active))
  }

  const inView = usePassingRows({ from, to }, isPassing, pages)
  const { slotOf, inDrawingOrder } = useSlots(rows, focusRow, inView.from)
  const drawn = inDrawingOrder(
    Array.from({ length: Math.max(0, inView.to - inView.from) }, (_, step) => inView.from + step),
  )
  // The row in focus is always drawn, so that the list can name it wherever it has been scrolled to.
  const isFocusElsewhere = focusRow < inView.from || focusRow >= inView.to
  const all = isFocusElsewhere && focusRow < rowCount ? [...drawn, focusRow] : drawn

  // Rows are placed from one that seldom changes, and so stay as they are while they are scrolled. Places that pass by have
  // no row in common, but each is laid out as the one before.
  const anchorRow = useRef(0)
  if (isPassing || Math.abs(inView.from - anchorRow.current) > rowsOfAnchor) anchorRow.current = inView.from
  const anchor = anchorRow.current
  const bodyTop = rows.topOf(from) - (inView.from - anchor) * rowHeight
  // Further down than the element is tall it would make the list longer. Nor does it lie over rows in another's stead.
  const isCovered = focusRow >= from && focusRow < to
  const focusTop = isCovered ? rows.topOf(from) - 2 * rowHeight : rows.topOf(focusRow)
  const elsewhereTop = Math.min(focusTop, rows.elementHeight - rowHeight) - bodyTop

  return (
    <>
      <div
        ref={scroller}
        role="treegrid"
        tabIndex={0}
        data-files
        aria-label="Files"
        aria-multiselectable
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-activedescendant={rowCount > 0 ? rowElementId(focusRow) : undefined}
        className={styles.tree}
        style={widths}
        onKeyDown={onKeyDown}
        onContextMenu={openMenu}
        onMouseDown={(event) => {
          pointer.onMouseDown(event)
          const hit = rowOfEvent(store, event)
          if (hit) drag?.onPress(hit.row)
        }}
        onClick={pointer.onClick}
        onDoubleClick={pointer.onDoubleClick}
        onDragStart={(event) => {
          const hit = rowOfEvent(store, event)
          if (hit) drag?.onDragStart(event, hit.row)
        }}
      >
        <div role="rowgroup" className={styles.headGroup}>
          <ColumnHead columns={columns} />
        </div>
        <div role="rowgroup" className={styles.body} style={{ transform: `translateY(${bodyTop}px)` }}>
          {all.map((index) => {
            const row = rowAt(pages, index)
            const isElsewhere = isFocusElsewhere && index === focusRow
            const key = isElsewhere ? `focus-${index}` : slotOf(index)
            const top = isElsewhere ? elsewhereTop : (index - anchor) * rowHeight
            if (!row) return <WaitingRow key={key} index={index} top={top} />
            return (
              <FileRow
                key={key}
                row={row}
                index={index}
                top={top}
                columns={columnNames}
                isFocused={index === focusRow}
                isJoinedAbove={row.selected && rowAt(pages, index - 1)?.selected === true}
                isJoinedBelow={row.selected && rowAt(pages, index + 1)?.selected === true}
                isDraggable={drag !== undefined}
                now={now}
              />
            )
          })}
        </div>
        <div role="presentation" style={{ height: rows.elementHeight }} />
      </div>
      {menuAt && (
        <LazyMenu
          label="Actions"
          at={menuAt}
          groups={rowMenu(store.getState(), platform)}
          onChoose={(id) => store.getState().run(id as ActionId)}
          onClose={() => setMenuAt(null)}
        />
      )}
    </>
  )
})

/** Tells whether nothing has the keyboard, or only what opened the run; a field that is being typed in keeps it. */
function isKeyboardFree(): boolean {
  const held = document.activeElement
  if (held === document.body) return true
  return held?.closest('[data-opens-run]') != null && !(held instanceof HTMLInputElement && held.value !== '')
}

/** The same array as before for as long as its members are the same, so that rows are not drawn anew. */
function useStable<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list)
  const isSame = kept.current.length === list.length && kept.current.every((item, index) => item === list[index])
  if (!isSame) kept.current = list
  return kept.current
}
