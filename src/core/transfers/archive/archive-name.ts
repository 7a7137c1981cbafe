import { lstatSync, renameSync } from 'node:fs'
import type { LandedArchive } from '../journal/records.ts'
import { giveName, lookAt, stateOf } from '../pump/final-name.ts'
import type { BatchStart } from '../queue/batch-run.ts'

/**
 * Gives a finished archive its name. One that an earlier try left, which lacked files, gives way to it as long as nobody has
 * changed it. Throws what `fs` throws.
 */
export function nameArchive(
  part: string,
  { target, conflicts, landed }: Pick<BatchStart, 'target' | 'conflicts' | 'landed'>,
): LandedArchive | null {
  if (landed && isAsItWas(landed)) {
    renameSync(part, landed.place)
    return lookAgain(landed.place)
  }
  // Whoever agreed to replace a file did not mean one that came in the place of what we had made.
  const rule = conflicts === 'replace' && !landed ? 'replace' : 'keep-both'
  const naming = giveName(part, target, { rule })
  return naming && lookAgain(naming.place)
}

function isAsItWas({ place, size, updatedAt }: LandedArchive): boolean {
  const found = lookAt(place)
  if (!found?.isFile()) return false
  const state = stateOf(found)
  return state.size === size && state.updatedAt === updatedAt
}

function lookAgain(place: string): LandedArchive {
  return { place, ...stateOf(lstatSync(place)) }
}
