import { useRef } from 'react'
import { type Pages, rowAt } from '../../store/rows.ts'

/** Rows, `to` being one past the last. */
export type Range = { readonly from: number; readonly to: number }

/** Fewer than are passed in a tenth of a second, at a frame each. */
const mostPassed = 6

/**
 * The rows to draw: those in view or, while places pass by faster than their rows come, those of the last place whose rows
 * are there. Names that fly by tell where one is; nothing at all would not.
 */
export function usePassingRows(inView: Range, isPassing: boolean, pages: Pages): Range {
  const passed = useRef<readonly Range[]>([])
  passed.current = isPassing ? withPlace(passed.current, inView) : [inView]
  return isPassing ? (newestThere(passed.current, pages) ?? inView) : inView
}

/** Takes in the place that is passed now, unless it was the last; the oldest go. */
export function withPlace(passed: readonly Range[], place: Range): readonly Range[] {
  const last = passed.at(-1)
  return last?.from === place.from && last.to === place.to ? passed : [...passed, place].slice(-mostPassed)
}

/** The last of some places all of whose rows are there; undefined where none is. */
export function newestThere(places: readonly Range[], pages: Pages): Range | undefined {
  return places.findLast(({ from, to }) => {
    for (let row = from; row < to; row += 1) if (!rowAt(pages, row)) return false
    return true
  })
}
