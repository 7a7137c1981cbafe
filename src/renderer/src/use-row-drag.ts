import { useEffect, useMemo } from 'react'
import type { RowDrag } from './features/listing/file-tree.tsx'
import type { AppStore } from './store/app-store.ts'
import { actedOnNodes } from './store/selection.ts'
import { useApp } from './store/store-context.tsx'
import { watchDownloads } from './store/watch-downloads.ts'

const settleMilliseconds = 150

/** Lets rows be dragged out of the window: their copies are made ahead, on selection and on a press. */
export function useRowDrag(store: AppStore): RowDrag {
  const listing = useApp((state) => state.listing?.listing)
  const revision = useApp((state) => state.listing?.revision)
  const count = useApp((state) => state.listing?.selection.count ?? 0)
  const focus = useApp((state) => state.focus.node)

  useEffect(() => store.getState().clearStaged(), [store, listing])
  useEffect(() => {
    if (count === 0) return
    const timer = setTimeout(() => prepareSelection(store), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [store, listing, revision, count, focus])
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

function prepareSelection(store: AppStore): void {
  const { listing, prefetch } = store.getState()
  const nodes = (listing?.selection.count ?? 0) > 0 ? actedOnNodes(store.getState()) : null
  if (nodes) prefetch(nodes, false)
}
