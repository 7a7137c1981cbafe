import { useEffect, useMemo } from 'react'
import type { RowDrag } from './features/listing/file-tree.tsx'
import type { AppState, AppStore } from './store/app-store.ts'
import { actedOnNodes } from './store/selection.ts'
import { watchDownloads } from './store/watch-downloads.ts'

const settleMilliseconds = 150

/** Lets rows be dragged out of the window: their copies are made ahead, on selection and on a press. */
export function useRowDrag(store: AppStore): RowDrag {
  // Heard outside of drawing: the focus moves at every key, and whoever takes it from the state is drawn anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const prepareSoon = ({ listing }: AppState) => {
      clearTimeout(timer)
      if (listing && listing.selection.count > 0) timer = setTimeout(() => prepareSelection(store), settleMilliseconds)
    }
    prepareSoon(store.getState())
    const stop = store.subscribe((state, before) => {
      if (state.listing?.listing !== before.listing?.listing) state.clearStaged()
      if (!isPreparedAlike(state, before)) prepareSoon(state)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [store])
  // What was too large to be made ready can be dragged once it is downloaded.
  useEffect(() => watchDownloads(store, () => prepareSelection(store)), [store])

  return useMemo(() => {
    const nodesFor = (row: { readonly node: number; readonly selected: boolean }) =>
      row.selected ? actedOnNodes(store.getState()) : [row.node]
    return {
      onPress: (row) => store.getState().prefetch(nodesFor(row) ?? [], true),
      onDragStart: (event, row) => {
        // The browser's own drag would carry text; the system's starts from main.
        event.preventDefault()
        store.getState().drag(nodesFor(row))
      },
    }
  }, [store])
}

/** Tells whether nothing has happened that can change which files are to be made ready. */
function isPreparedAlike(state: AppState, before: AppState): boolean {
  return (
    state.focus.node === before.focus.node &&
    state.listing?.listing === before.listing?.listing &&
    state.listing?.revision === before.listing?.revision &&
    state.listing?.selection.count === before.listing?.selection.count
  )
}

function prepareSelection(store: AppStore): void {
  const { listing, prefetch } = store.getState()
  const nodes = (listing?.selection.count ?? 0) > 0 ? actedOnNodes(store.getState()) : null
  if (nodes) prefetch(nodes, false)
}
