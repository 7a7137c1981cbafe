import fc from 'fast-check'

const runs = Number(process.env.FUZZ_RUNS ?? 300)
/** The same inputs at every run of the tests; `npm run fuzz` takes new ones, and prints the seed. */
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101)

/** Tries a property on many inputs. `cost` divides the number of runs, where one run is slow. */
export async function hold<T>(input: fc.Arbitrary<T>, property: (value: T) => void | Promise<void>, cost = 1) {
  await fc.assert(
    fc.asyncProperty(input, async (value) => property(value)),
    { seed, numRuns: Math.max(20, Math.ceil(runs / cost)) },
  )
}

/** Text of every kind: plain, with control and bidirectional characters, lone surrogates, and what has meaning in a path. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))).map((units) => units.join('')),
  fc.stringMatching(/^[./\\~:*?"<>|$%&;`'a-z0-9 -]{0,40}$/),
  fc.constantFrom('', '.', '..', '/', '\\', '__proto__', 'constructor', 'CON', 'nul.txt', 'C:\\Windows', '\u202e'),
)

/** A path as a hostile server might give it. */
export const anyPath = fc
  .array(fc.oneof(anyText, fc.constantFrom('..', '.', '', 'workspace', 'home', 'agent')), { maxLength: 12 })
  .map((segments) => segments.join('/'))

/** Whatever can arrive over IPC or out of JSON. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  fc.jsonValue(),
  anyText,
  fc.constantFrom(undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, -1),
)
