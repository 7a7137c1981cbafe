import { type MouseEvent, useRef } from 'react'
import type { Row } from '../../../../shared/models/listing.ts'
import type { AppStore } from '../../store/app-store.ts'
import { rowAt } from '../../store/rows.ts'

type TreePointer = {
  readonly onMouseDown: (event: MouseEvent) => void
  readonly onClick: (event: MouseEvent) => void
  readonly onDoubleClick: (event: MouseEvent) => void
}

/** The row that an event happened on. */
export function rowOfEvent(
  store: AppStore,
  event: { readonly target: EventTarget },
): { index: number; row: Row } | null {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
  if (!element) return null
  const index = Number(element.dataset.row)
  const row = rowAt(store.getState().pages, index)
  return row ? { index, row } : null
}

/** Presses on rows, heard once for the whole list. */
export function useTreePointer(store: AppStore): TreePointer {
  /** A press on a selected row may be the start of a drag: it selects only when it ends as a click. */
  const waiting = useRef(false)

  return {
    onMouseDown: (event) => {
      const hit = rowOfEvent(store, event)
      waiting.current = false
      if (!hit || event.button !== 0 || isOnToggle(event)) return
      const { selectRow } = store.getState()
      if (event.shiftKey) void selectRow('extend', hit.index)
      else if (event.ctrlKey || event.metaKey) void selectRow('toggle', hit.index)
      else if (hit.row.selected) waiting.current = true
      else void selectRow('only', hit.index)
    },
    onClick: (event) => {
      const hit = rowOfEvent(store, event)
      if (!hit) return
      if (isOnToggle(event)) void store.getState().setOpen(hit.row.node, !hit.row.open, event.altKey)
      else if (waiting.current) void store.getState().selectRow('only', hit.index)
    },
    onDoubleClick: (event) => {
      const hit = rowOfEvent(store, event)
      if (!hit || isOnToggle(event)) return
      if (hit.row.kind === 'file') store.getState().run('open-file')
      else void store.getState().setOpen(hit.row.node, !hit.row.open)
    },
  }
}

function isOnToggle({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('[data-toggle]') !== null
}
