import { crc32 } from 'node:zlib'
import type { SourceFile } from '../file-source.ts'
import type { WalkedFile } from './item.ts'

type Walk = AsyncIterable<readonly SourceFile[]>

/** Numbers a batch's files in the order in which they come, and can go on in another walk of the same files. */
export type Sequence = {
  readonly isBegun: () => boolean
  readonly take: (walk: Walk) => AsyncGenerator<readonly WalkedFile[]>
  /** Leaves out what came before; throws `why` where the walk does not begin with that. */
  readonly takeRest: (walk: Walk, why: unknown) => AsyncGenerator<readonly WalkedFile[]>
}

/** Remembers of the files that came only how many they are, and a sum of their ids. */
export function createSequence(): Sequence {
  let isBegun = false
  let count = 0
  let sum = 0

  async function* take(walk: Walk): AsyncGenerator<readonly WalkedFile[]> {
    isBegun = true
    for await (const some of walk) yield numbered(some)
  }

  function numbered(some: readonly SourceFile[]): readonly WalkedFile[] {
    const first = count
    count += some.length
    for (const { id } of some) sum = crc32(id, sum)
    return some.map((file, offset) => ({ index: first + offset, file }))
  }

  return {
    isBegun: () => isBegun,
    take,
    async *takeRest(walk, why) {
      const before = { count, sum }
      let passed = 0
      let passedSum = 0
      for await (const some of walk) {
        const known = some.slice(0, Math.max(0, before.count - passed))
        for (const { id } of known) passedSum = crc32(id, passedSum)
        passed += known.length
        if (passed === before.count && passedSum !== before.sum) throw why
        const rest = some.slice(known.length)
        if (rest.length > 0) yield numbered(rest)
      }
      if (passed < before.count) throw why
    },
  }
}
