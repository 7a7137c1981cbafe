import { none } from '../columns/node-table.ts'
import { foldText } from '../filter/fold-text.ts'
import { type FoldedNames, nameStartsWith } from '../filter/folded-names.ts'
import type { VisibleRows } from './visible-rows.ts'

/** The first row from `from` on, and then from the top, whose name starts with a text; `none` if there is none. */
export function rowNamed(rows: VisibleRows, folded: FoldedNames, from: number, text: string): number {
  const wanted = foldText(text)
  for (let step = 0; step < rows.count; step += 1) {
    const row = (from + step) % rows.count
    if (nameStartsWith(folded, rows.node[row] ?? 0, wanted)) return row
  }
  return none
}
