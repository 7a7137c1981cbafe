import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { rememberedTargets } from '../journal/left-parts.ts'
import type { Remembered } from '../journal/remembered.ts'
import { placeOf } from '../pump/final-name.ts'

const perTurn = 64

/** Adds up a batch's files that lie there already as the run has them, of those that are still to be looked at. */
export async function bytesThere(remembered: Remembered | null, isOpen: (index: number) => boolean): Promise<number> {
  if (!remembered) return 0
  const { batch, plan, done } = remembered
  const targets = rememberedTargets(remembered)
  let sum = 0
  for (const [index, file] of plan.entries()) {
    // There may be a million of them.
    if (index % perTurn === 0) await turn()
    const [, , size = null, updatedAt = ''] = file ?? []
    if (size === null || done.has(index) || !isOpen(index)) continue
    const wanted = path.join(batch.target, ...targets(index))
    if (isThere({ size, updatedAt: Date.parse(updatedAt) }, wanted)) sum += size
  }
  return sum
}

function isThere(version: Parameters<typeof placeOf>[0], wanted: string): boolean {
  try {
    return placeOf(version, wanted) !== null
  } catch {
    // A file where a folder should be, or a folder that may not be looked into: its download says so.
    return false
  }
}
