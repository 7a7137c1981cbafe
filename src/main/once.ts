/** Work that is done when it is first wanted, and once; after a failure it may be tried again. */
export type Once<T> = (() => Promise<T>) & { readonly started: () => boolean }

export function once<T>(work: () => Promise<T>): Once<T> {
  let result: Promise<T> | null = null
  const run = () => {
    result ??= work().catch((error: unknown) => {
      result = null
      throw error
    })
    return result
  }
  return Object.assign(run, { started: () => result !== null })
}
