import { useEffect, useRef } from 'react'
import type { AppStore } from '../../store/app-store.ts'
import { rowAt } from '../../store/rows.ts'
import { useApp } from '../../store/store-context.tsx'
import type { VirtualRows } from '../../ui/use-virtual-rows.ts'

/**
 * Keeps what is on screen where it is when a refresh brings rows above it, and goes to the top when the order or the
 * filter changes. A run that was open before starts where it was left.
 */
export function useKeptPlace(store: AppStore, rows: VirtualRows): void {
  const loadedAt = useApp((state) => state.listing?.loadedAt)
  const order = useApp(({ listing }) => listing && JSON.stringify([listing.listing, listing.sort, listing.filter]))
  const { firstInView, shift, toTop, putAtTop } = rows
  const first = useRef<{ readonly row: number; readonly node: number } | null>(null)

  useEffect(() => {
    const row = rowAt(store.getState().pages, firstInView)
    first.current = row && firstInView > 0 ? { row: firstInView, node: row.node } : null
    if (row || firstInView === 0) store.getState().notePlace(first.current?.node ?? null)
  })

  useEffect(() => {
    const { topAsked, locate, placeTaken } = store.getState()
    if (topAsked === null) return
    let isGone = false
    void locate(topAsked, false).then((row) => {
      // Another run that was opened meanwhile has a place of its own.
      if (isGone) return
      if (row >= 0) putAtTop(row)
      placeTaken()
    })
    return () => {
      isGone = true
    }
  }, [store, putAtTop])

  const loadedBefore = useRef(loadedAt)
  useEffect(() => {
    const isRefresh = loadedBefore.current !== undefined && loadedBefore.current !== loadedAt
    loadedBefore.current = loadedAt
    const before = first.current
    if (!isRefresh || !before) return
    void store
      .getState()
      .locate(before.node, false)
      .then((row) => {
        if (row >= 0 && row !== before.row) shift(row - before.row)
      })
  }, [loadedAt, store, shift])

  const orderBefore = useRef(order)
  useEffect(() => {
    if (orderBefore.current === order) return
    orderBefore.current = order
    toTop()
  }, [order, toTop])
}
