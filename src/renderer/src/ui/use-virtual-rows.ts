import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { afterScroll, type ScrollPlace, scrollRange, toScrollTop } from './scroll-range.ts'

type Options = {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rowCount: number
  readonly rowHeight: number
  /** Pixels at the top of the scroller that something sticky covers. */
  readonly headHeight?: number
}

/**
 * Passing goes by more than a view at a time, as a dragged thumb does: what lies beside the view is not seen then. The list
 * moves until it has been where it is for a moment.
 */
type Place = ScrollPlace & { readonly isPassing: boolean; readonly isMoving: boolean }

export type VirtualRows = {
  /** The rows to draw: those in view and, but in passing, a few on each side. `to` is one past the last. */
  readonly from: number
  readonly to: number
  readonly isPassing: boolean
  readonly isMoving: boolean
  /** The first row in full view, and how many rows fit. */
  readonly firstInView: number
  readonly rowsInView: number
  readonly elementHeight: number
  /** As many rows as are drawn at most. */
  readonly slotCount: number
  /** Where a row is drawn, in pixels from the top of the element. */
  readonly topOf: (row: number) => number
  /** Scrolls as little as is needed to show a row. */
  readonly show: (row: number) => void
  /** Moves the content by whole rows, to keep what is on screen where rows came or went above it. */
  readonly shift: (rows: number) => void
  readonly toTop: () => void
  /** Puts a row at the top of the view, or as near as the list's end allows. */
  readonly putAtTop: (row: number) => void
}

const start: Place = { scrollTop: 0, contentTop: 0, isPassing: false, isMoving: false }
const overscan = 12
const settleMilliseconds = 150

/** Rows of one height in a scroller: which to draw, and where. Works for more rows than an element can be tall. */
export function useVirtualRows({ scroller, rowCount, rowHeight, headHeight = 0 }: Options): VirtualRows {
  const [viewHeight, setViewHeight] = useState(600)
  // Not React's own state, of which a change by a scroll is drawn a frame later: too late to be painted along with it.
  const [placeStore] = useState(() => createStore<Place>()(() => start))
  const place = useStore(placeStore)
  const range = scrollRange(rowCount * rowHeight, viewHeight)
  const rangeNow = useRef(range)
  rangeNow.current = range

  const goTo = useCallback(
    (contentTop: number) => {
      const element = scroller.current
      if (!element) return
      const wanted = Math.max(0, Math.min(contentTop, rangeNow.current.contentHeight - rangeNow.current.viewHeight))
      element.scrollTop = toScrollTop(rangeNow.current, wanted)
      // The browser may round what it was given.
      placeStore.setState({ scrollTop: element.scrollTop, contentTop: wanted, isPassing: false, isMoving: true })
    },
    [scroller, placeStore],
  )

  useEffect(() => {
    if (!place.isMoving) return
    const timer = setTimeout(() => {
      // At rest, the thumb is brought back to where the content is.
      const { contentTop, scrollTop } = placeStore.getState()
      if (Math.abs(toScrollTop(rangeNow.current, contentTop) - scrollTop) > 1) goTo(contentTop)
      placeStore.setState({ isPassing: false, isMoving: false })
    }, settleMilliseconds)
    return () => clearTimeout(timer)
  }, [place, placeStore, goTo])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setViewHeight(Math.max(rowHeight, element.clientHeight - headHeight))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [scroller, rowHeight, headHeight])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => {
      const before = placeStore.getState()
      if (element.scrollTop === before.scrollTop) return
      const next = afterScroll(rangeNow.current, before, element.scrollTop)
      const isPassing = Math.abs(next.contentTop - before.contentTop) > rangeNow.current.viewHeight
      placeStore.setState({ ...next, isPassing, isMoving: true })
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [scroller, placeStore])

  // When the list becomes shorter, the browser moves the scroll position before any event tells of it.
  useLayoutEffect(() => {
    const last = Math.max(0, range.contentHeight - range.viewHeight)
    if (placeStore.getState().contentTop > last) goTo(last)
  }, [range.contentHeight, range.viewHeight, placeStore, goTo])

  const show = useCallback(
    (row: number) => {
      const { contentTop } = placeStore.getState()
      const top = row * rowHeight
      if (top < contentTop) goTo(top)
      else if (top + rowHeight > contentTop + rangeNow.current.viewHeight) {
        goTo(top + rowHeight - rangeNow.current.viewHeight)
      }
    },
    [placeStore, goTo, rowHeight],
  )
  const shift = useCallback(
    (rows: number) => goTo(placeStore.getState().contentTop + rows * rowHeight),
    [placeStore, goTo, rowHeight],
  )
  const toTop = useCallback(() => goTo(0), [goTo])
  const putAtTop = useCallback((row: number) => goTo(row * rowHeight), [goTo, rowHeight])

  const first = Math.floor(place.contentTop / rowHeight)
  const rowsInView = Math.max(1, Math.floor(viewHeight / rowHeight))
  const offset = place.scrollTop - place.contentTop
  const aside = place.isPassing ? 0 : overscan
  return {
    from: Math.max(0, first - aside),
    to: Math.min(rowCount, first + rowsInView + 2 + aside),
    isPassing: place.isPassing,
    isMoving: place.isMoving,
    firstInView: Math.ceil(place.contentTop / rowHeight),
    rowsInView,
    elementHeight: range.elementHeight,
    slotCount: rowsInView + 2 + 2 * overscan,
    topOf: (row) => row * rowHeight + offset,
    show,
    shift,
    toTop,
    putAtTop,
  }
}
