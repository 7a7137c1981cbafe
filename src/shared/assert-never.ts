// Apart from the schemas, so that the window need not load them.

/** Makes the compiler prove that a union was handled to its last member. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
