import { createListingIndex, type ListingIndex } from './listing-index.ts'

/** Where an index lives: on the calling thread, or in a worker that never holds it up. */
export type IndexHost = {
  readonly call: <M extends keyof ListingIndex>(
    method: M,
    ...input: Parameters<ListingIndex[M]>
  ) => Promise<ReturnType<ListingIndex[M]>>
  readonly close: () => Promise<void>
}

/** Keeps the index on the calling thread. */
export function createInlineHost(): IndexHost {
  const index = createListingIndex()
  return {
    call: async (method, ...input) => callIndex(index, method, input),
    close: async () => {},
  }
}

/** Calls a method by its name; the type system cannot follow a union of methods, so this is the one place that casts. */
export function callIndex<M extends keyof ListingIndex>(
  index: ListingIndex,
  method: M,
  input: Parameters<ListingIndex[M]>,
): ReturnType<ListingIndex[M]> {
  const called = index[method] as (...input: Parameters<ListingIndex[M]>) => ReturnType<ListingIndex[M]>
  return called(...input)
}
