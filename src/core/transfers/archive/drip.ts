import { leastBytes, stalled, stallsForLeast } from '../http/drip-rule.ts'

/**
 * Notices a server that is never silent and sends next to nothing, by the rule that `http/connection.ts` keeps for files. What
 * it answers is told of each piece, with how long that was waited for, and throws a `Failure`.
 */
export function createDripWatch(stallMilliseconds: number): (bytes: number, waitedMilliseconds: number) => void {
  let newBytes = 0
  let waited = 0
  return (bytes, waitedMilliseconds) => {
    newBytes += bytes
    waited += waitedMilliseconds
    if (newBytes >= leastBytes) {
      newBytes = 0
      waited = 0
    } else if (waited >= stallsForLeast * stallMilliseconds) throw stalled()
  }
}
