import { type RefObject, useLayoutEffect, useState } from 'react'

/**
 * The height in pixels at which a list ends with a whole item: the largest that is not more than `most`.
 *
 * `most` where not even its first item fits.
 */
export function useWholeItems(list: RefObject<HTMLElement | null>, most: number): number {
  const [height, setHeight] = useState(most)
  useLayoutEffect(() => {
    const { current } = list
    if (!current) return
    const measure = () => {
      const { top } = current.getBoundingClientRect()
      const ends = [...current.children].map((item) => Math.ceil(item.getBoundingClientRect().bottom - top))
      setHeight(wholeItems(ends, most))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    measure()
    return () => observer.disconnect()
  }, [list, most])
  return height
}

/** From where each item ends, in order. */
export function wholeItems(ends: readonly number[], most: number): number {
  return ends.findLast((end) => end <= most) ?? most
}
