import { setImmediate as turn } from 'node:timers/promises'
import type { Remembered } from '../journal/remembered.ts'
import { isAlreadyPacked } from './already-packed.ts'
import { leastRecordBytes } from './zip-records.ts'

const perTurn = 1_024

/**
 * What an archive takes at the least: the bytes of files that are packed already, and a record for each. How far the others
 * shrink nobody knows before, and one that may fit is not to be held back.
 */
export async function leastBytes(remembered: Remembered | null): Promise<number> {
  let sum = 0
  for (const [index, planned] of (remembered?.plan ?? []).entries()) {
    // There may be a million of them.
    if (index % perTurn === 0) await turn()
    const [, name = '', size = null] = planned ?? []
    sum += leastRecordBytes + (isAlreadyPacked(name, null) ? (size ?? 0) : 0)
  }
  return sum
}
