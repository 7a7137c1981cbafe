import { foldText } from '../filter/fold-text.ts'
import { type FoldedNames, findInNames } from '../filter/folded-names.ts'
import type { VisibleRows } from './visible-rows.ts'

/** The first row from `from` on, and then from the top, whose name starts with a text; `none` if there is none. */
export function rowNamed(rows: VisibleRows, folded: FoldedNames, from: number, text: string): number {
  // A line feed stands for the start of a name, and is in none.
  return rows.find(from, findInNames(folded, `\n${foldText(text).replaceAll('\n', '\0')}`))
}
