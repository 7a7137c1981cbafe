import type { AppError } from '../../../shared/errors.ts'
import type { ListingIndex } from '../index/listing-index.ts'

/** A call to an index in another thread. */
export type Call = { readonly id: number; readonly method: keyof ListingIndex; readonly input: readonly unknown[] }

/** What came of it: a value, an expected failure, or an error that nobody foresaw. */
export type Answer =
  | { readonly id: number; readonly outcome: 'value'; readonly value: unknown }
  | { readonly id: number; readonly outcome: 'failure'; readonly error: AppError }
  | { readonly id: number; readonly outcome: 'error'; readonly error: Error }

/** What a method comes to, whether it takes its time or not. */
export type Outcome<M extends keyof ListingIndex> = Awaited<ReturnType<ListingIndex[M]>>

/** Calls a method by its name. Types cannot follow a union of methods, so this is the one place that casts. */
export async function callIndex<M extends keyof ListingIndex>(
  index: ListingIndex,
  method: M,
  input: readonly unknown[],
): Promise<Outcome<M>> {
  const called = index[method] as (...input: readonly unknown[]) => unknown
  return (await called(...input)) as Outcome<M>
}
