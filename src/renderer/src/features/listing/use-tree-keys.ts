import { type KeyboardEvent, useRef } from 'react'
import type { AppStore } from '../../store/app-store.ts'
import { isEmptyFolder } from '../../store/rows.ts'
import { focusedRow } from '../../store/selection.ts'

const typeAheadPause = 700

/** The keyboard of the tree, as ARIA's treegrid and file managers have it. */
export function useTreeKeys(store: AppStore, rowsInView: number): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 })

  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const state = store.getState()
    const { focus } = state
    const row = focusedRow(state)
    const command = event.ctrlKey || event.metaKey
    const go = (to: number) => {
      event.preventDefault()
      // Who moves on by other keys has ended the name they typed: Space is a preview again.
      typed.current = { text: '', at: 0 }
      if (command && !event.shiftKey) void state.moveFocus(to)
      else void state.selectRow(event.shiftKey ? 'extend' : 'only', to)
    }
    const ends = { Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }
    const target = { ArrowUp: focus.row - 1, ArrowDown: focus.row + 1, ...ends }[event.key]
    if (target !== undefined) return go(target)
    if (event.key === 'PageUp') return go(focus.row - rowsInView + 1)
    if (event.key === 'PageDown') return go(focus.row + rowsInView - 1)
    if (!row) return

    if (event.key === 'ArrowRight') {
      event.preventDefault()
      if (row.kind === 'file' || isEmptyFolder(row)) return
      if (row.open) return go(focus.row + 1)
      return void state.setOpen(row.node, true)
    }
    if (event.key === 'ArrowLeft') {
      event.preventDefault()
      if (row.kind !== 'file' && row.open) return void state.setOpen(row.node, false)
      return row.parentRow >= 0 ? go(row.parentRow) : undefined
    }
    if (event.key === 'Enter' && !command) {
      event.preventDefault()
      if (row.kind === 'file') state.run('open-file')
      else void state.setOpen(row.node, !row.open)
      return
    }
    if (event.key === ' ') {
      if (typed.current.text !== '' && event.timeStamp - typed.current.at < typeAheadPause) return type(' ')
      event.preventDefault()
      if (command) void state.selectRow('toggle', focus.row)
      else state.run('preview')
      return
    }
    if (event.key === '*') return void state.setOpen(row.node, true, true)
    // A pane over the files is closed first.
    if (event.key === 'Escape') {
      if (state.overlay) return
      // What was selected a moment ago is let go of first, though main has not answered yet.
      if (!state.isAnySelected()) state.run('clear-filter')
      return state.selectNone()
    }
    if (event.key.length === 1 && !command) type(event.key)

    function type(letter: string): void {
      event.preventDefault()
      const isGoingOn = event.timeStamp - typed.current.at < typeAheadPause
      typed.current = { text: (isGoingOn ? typed.current.text : '') + letter, at: event.timeStamp }
      void state.typeAhead(typed.current.text)
    }
  }
}
