import { grown } from '../../listing/columns/grown-array.ts'

export type IndexSet = {
  readonly has: (index: number) => boolean
  readonly add: (index: number) => void
}

/** An empty set of indexes, which takes a bit for each up to the largest. */
export function createIndexSet(): IndexSet {
  let bits: Uint8Array = new Uint8Array(32)
  return {
    has: (index) => ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0,
    add(index) {
      bits = grown(bits, (index >> 3) + 1)
      bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
    },
  }
}
