/** One row of a tree of JSON. */
export type JsonRow = {
  /** Names the row's value for `jsonChildren`. */
  readonly id: number
  readonly depth: number
  /** The key or index within its parent; null for the root. */
  readonly key: string | null
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'more'
  /** The value, or what a container holds. Cut when long. */
  readonly text: string
  readonly childCount: number
}

/** Children that are answered at a time. */
export const childrenAtOnce = 1_000
const maximumTextLength = 400

/** A tree of one parsed text, whose rows are asked for as they are opened. */
export type JsonTree = {
  readonly root: () => JsonRow
  /** The children of a row from `from` on; ends with a `more` row when there are others. */
  readonly children: (id: number, from: number) => readonly JsonRow[]
}

/** A number that JavaScript can't hold, as it was written. */
type ExactNumber = { readonly written: string }

/** Parses a text. Throws a `SyntaxError`, or a `RangeError` for what nests too deep. */
export function createJsonTree(source: string): JsonTree {
  const exact = new WeakSet<object>()
  const value: unknown = /\d{16}|\de[+-]?\d\d/i.test(source)
    ? JSON.parse(source, function (this: unknown, _key: string, found: unknown, context?: { source?: string }) {
        if (typeof found !== 'number' || context?.source === undefined || String(found) === context.source) return found
        const kept: ExactNumber = { written: context.source }
        exact.add(kept)
        return kept
      } as (key: string, value: unknown) => unknown)
    : JSON.parse(source)
  const values: unknown[] = []
  const depths: number[] = []

  function row(found: unknown, key: string | null, depth: number): JsonRow {
    const id = values.push(found) - 1
    depths[id] = depth
    return { id, depth, key, ...describe(found, exact) }
  }

  return {
    root: () => row(value, null, 0),
    children(id, from) {
      const parent = values[id]
      if (typeof parent !== 'object' || parent === null) return []
      const depth = (depths[id] ?? 0) + 1
      const keys = Array.isArray(parent) ? null : Object.keys(parent)
      const count = keys ? keys.length : (parent as readonly unknown[]).length
      const rows: JsonRow[] = []
      for (let index = from; index < Math.min(count, from + childrenAtOnce); index += 1) {
        const key = keys ? (keys[index] ?? '') : String(index)
        rows.push(row((parent as Record<string, unknown>)[key], key, depth))
      }
      const left = count - from - rows.length
      if (left > 0)
        rows.push({ id, depth, key: String(from + rows.length), type: 'more', text: String(left), childCount: 0 })
      return rows
    },
  }
}

function describe(value: unknown, exact: WeakSet<object>): Pick<JsonRow, 'type' | 'text' | 'childCount'> {
  if (value === null) return { type: 'null', text: 'null', childCount: 0 }
  if (typeof value === 'string') return { type: 'string', text: cut(JSON.stringify(cut(value))), childCount: 0 }
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value), childCount: 0 }
  if (typeof value !== 'object') return { type: 'number', text: String(value), childCount: 0 }
  if (exact.has(value)) return { type: 'number', text: cut((value as ExactNumber).written), childCount: 0 }
  if (Array.isArray(value)) return { type: 'array', text: '', childCount: value.length }
  return { type: 'object', text: '', childCount: Object.keys(value).length }
}

function cut(text: string): string {
  return text.length > maximumTextLength ? `${text.slice(0, maximumTextLength)}…` : text
}
