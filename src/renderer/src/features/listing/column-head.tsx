import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, type PointerEvent, useRef, useState } from 'react'
import type { Column } from '../../../../shared/models/listing.ts'
import { sort } from '../../store/run-action.ts'
import type { ColumnLayout } from '../../store/settings.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { classes } from '../../ui/classes.ts'
import { LazyMenu } from '../../ui/menu.tsx'
import { below, isMenuKey } from '../../ui/menu-key.ts'
import type { MenuAnchor, MenuGroup } from '../../ui/popup-menu.tsx'
import styles from './column-head.module.css'
import { columnLabels } from './columns.ts'

const leastWidth = 56
const mostWidth = 600
const widthStep = 24

/** The head of the list: sorts by click, resizes by its edges, moves by drag, hides by its menu. */
export const ColumnHead = memo(function ColumnHead({ columns }: { readonly columns: readonly ColumnLayout[] }) {
  const layout = useApp((state) => state.settings?.layout.columns)
  const store = useAppStore()
  const [menu, setMenu] = useState<{ readonly at: MenuAnchor; readonly column: Column } | null>(null)
  const dragged = useRef<Column | null>(null)
  const nameAt = columns.findIndex(({ column }) => column === 'name')

  const onChoose = (id: string) => {
    if (!menu) return
    const { changeColumn, moveColumn } = store.getState()
    const width = layout?.find((candidate) => candidate.column === menu.column)?.width ?? 0
    if (id === 'wider') changeColumn(menu.column, { width: Math.min(width + widthStep, mostWidth) })
    else if (id === 'narrower') changeColumn(menu.column, { width: Math.max(width - widthStep, leastWidth) })
    else if (id === 'move-left') moveColumn(menu.column, -1)
    else if (id === 'move-right') moveColumn(menu.column, 1)
    else {
      const column = layout?.find((candidate) => candidate.column === id)
      if (column) changeColumn(column.column, { shown: !column.shown })
    }
  }

  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {columns.map((column, index) => (
        <HeadCell
          key={column.column}
          layout={column}
          edge={column.column === 'name' ? null : index > nameAt ? 'left' : 'right'}
          onMenu={(at) => setMenu({ at, column: column.column })}
          onDragStart={() => {
            dragged.current = column.column
          }}
          onDragOver={() => {
            if (dragged.current && dragged.current !== column.column) {
              store.getState().placeColumn(dragged.current, column.column)
            }
          }}
          onDragEnd={() => {
            dragged.current = null
          }}
        />
      ))}
      {menu && layout && (
        <LazyMenu
          label="Columns"
          at={menu.at}
          groups={columnMenu(layout, menu.column)}
          onChoose={onChoose}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
})

type HeadCellProps = {
  readonly layout: ColumnLayout
  readonly edge: 'left' | 'right' | null
  readonly onMenu: (at: MenuAnchor) => void
  readonly onDragStart: () => void
  readonly onDragOver: () => void
  readonly onDragEnd: () => void
}

function HeadCell({ layout, edge, onMenu, onDragStart, onDragOver, onDragEnd }: HeadCellProps) {
  const { column } = layout
  const current = useApp((state) => state.listing?.sort)
  const store = useAppStore()
  const isSorted = current?.column === column
  const Arrow = current?.direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? current.direction : 'none'}
      className={classes(styles.cell, column === 'size' && styles.number)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu({ x: event.clientX, y: event.clientY })
      }}
      onKeyDown={(event) => {
        if (!isMenuKey(event)) return
        event.preventDefault()
        event.stopPropagation()
        onMenu(below(event.currentTarget))
      }}
      onDragOver={(event) => {
        event.preventDefault()
        onDragOver()
      }}
    >
      <button
        type="button"
        className={styles.sort}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('application/x-column', column)
          onDragStart()
        }}
        onDragEnd={onDragEnd}
        onClick={() => sort(store.getState(), column)}
      >
        <span className={styles.label}>{columnLabels[column]}</span>
        {isSorted && <Arrow size={12} aria-hidden />}
      </button>
      {edge && <ResizeEdge layout={layout} edge={edge} />}
    </div>
  )
}

function ResizeEdge({ layout, edge }: { readonly layout: ColumnLayout; readonly edge: 'left' | 'right' }) {
  const changeColumn = useApp((state) => state.changeColumn)
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const onPointerMove = (event: PointerEvent) => {
    if (!start.current) return
    const moved = (event.clientX - start.current.x) * (edge === 'right' ? 1 : -1)
    changeColumn(layout.column, {
      width: Math.round(Math.min(Math.max(start.current.width + moved, leastWidth), mostWidth)),
    })
  }
  return (
    <div
      aria-hidden
      className={classes(styles.edge, edge === 'left' ? styles.left : styles.right)}
      // The edge moves away from where it was pressed, and the browser would then drag the column that is there.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width: layout.width }
      }}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        start.current = null
      }}
    />
  )
}

function columnMenu(layout: readonly ColumnLayout[], column: Column): readonly MenuGroup[] {
  const choices = layout
    .filter((each) => each.column !== 'name')
    .map((each) => ({ id: each.column, label: columnLabels[each.column], checked: each.shown }))
  const moves = [
    { id: 'move-left', label: 'Move column left' },
    { id: 'move-right', label: 'Move column right' },
  ]
  // The name takes what the others leave.
  const widths =
    column === 'name'
      ? []
      : [
          { id: 'wider', label: 'Make column wider' },
          { id: 'narrower', label: 'Make column narrower' },
        ]
  return [{ title: 'Columns', choices }, { choices: [...moves, ...widths] }]
}
