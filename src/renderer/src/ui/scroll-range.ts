/**
 * A browser's element can be about 33 million pixels tall, and half of that at 200 % zoom. Lists that are taller scroll
 * over a shorter range that is mapped to their own.
 */
export const tallestElement = 8_000_000

export type ScrollRange = {
  /** Pixels of all rows together. */
  readonly contentHeight: number
  /** Pixels that the scrolled element is tall. */
  readonly elementHeight: number
  readonly viewHeight: number
}

/** Where a list stands: the element's own scroll position, and the place in the content that it stands for. */
export type ScrollPlace = { readonly scrollTop: number; readonly contentTop: number }

export function scrollRange(contentHeight: number, viewHeight: number): ScrollRange {
  return { contentHeight, elementHeight: Math.min(contentHeight, tallestElement), viewHeight }
}

/** The content place that a scroll position stands for by the mapping alone. */
export function toContentTop(range: ScrollRange, scrollTop: number): number {
  return clamp(scrollTop * ratio(range), 0, lastContentTop(range))
}

/** The scroll position that stands for a content place. */
export function toScrollTop(range: ScrollRange, contentTop: number): number {
  return clamp(contentTop, 0, lastContentTop(range)) / ratio(range)
}

/**
 * Where the content goes when the element was scrolled.
 *
 * A short way, as a wheel or a key scrolls, moves the content by the same pixels, so that rows are not jumped over. A
 * long way, as a dragged thumb scrolls, and both ends follow the mapping.
 */
export function afterScroll(range: ScrollRange, before: ScrollPlace, scrollTop: number): ScrollPlace {
  const moved = scrollTop - before.scrollTop
  const atEnd = scrollTop <= 0 || scrollTop >= range.elementHeight - range.viewHeight - 1
  const isShort = Math.abs(moved) <= range.viewHeight * 2
  if (!isShort || atEnd) return { scrollTop, contentTop: toContentTop(range, scrollTop) }
  return { scrollTop, contentTop: clamp(before.contentTop + moved, 0, lastContentTop(range)) }
}

function ratio({ contentHeight, elementHeight, viewHeight }: ScrollRange): number {
  if (contentHeight <= elementHeight) return 1
  return (contentHeight - viewHeight) / Math.max(1, elementHeight - viewHeight)
}

function lastContentTop({ contentHeight, viewHeight }: ScrollRange): number {
  return Math.max(0, contentHeight - viewHeight)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
