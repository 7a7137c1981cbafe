import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { isOver } from '../../../shared/ended.ts'
import type { KeptPlaces } from '../batch-targets.ts'
import type { SourceFile } from '../file-source.ts'
import { rememberedTargets } from '../journal/left-parts.ts'
import type { Remembered } from '../journal/remembered.ts'
import { checkName, lookAt } from '../pump/final-name.ts'
import type { NameRule } from '../pump/messages.ts'
import type { Bins } from './bins.ts'
import { updatedAtOf } from './item.ts'
import type { Walk } from './walk.ts'

const perTurn = 64

/** Adds up the bytes of a batch's files, of those still to come, that need no room: what is there already, or gives way. */
export async function bytesThere(options: {
  readonly remembered: Remembered | null
  readonly kept: KeptPlaces | null
  readonly ruleFor: (index: number, file: Pick<SourceFile, 'path' | 'size' | 'updatedAt'>) => NameRule
  readonly bins: Pick<Bins, 'find'>
  readonly walk: Pick<Walk, 'ahead' | 'isWalked'>
}): Promise<number> {
  const { remembered, kept, ruleFor, bins, walk } = options
  if (!remembered) return 0
  const ahead = new Set(walk.ahead().map(({ index }) => index))
  const { batch, plan, done } = remembered
  const targets = rememberedTargets(remembered, kept)
  let sum = 0
  for (const [index, planned] of plan.entries()) {
    // There may be a million of them.
    if (index % perTurn === 0) await turn()
    const [, filePath = '', size = null, updatedAt = ''] = planned ?? []
    const item = bins.find(index)
    const isOpen = item ? !item.attempt && !isOver(item.status) : ahead.has(index) || !walk.isWalked(index)
    if (size === null || done.has(index) || !isOpen) continue
    const file = { path: filePath, size, updatedAt }
    // What is in its part file counts as received.
    sum += Math.min(size, bytesAt(path.join(batch.target, ...targets(index)), file, ruleFor(index, file)))
  }
  return sum
}

function bytesAt(wanted: string, file: { size: number; updatedAt: string }, rule: NameRule): number {
  try {
    const { answer } = checkName({ wanted, rule, size: file.size, updatedAt: updatedAtOf(file), unheard: null })
    if (answer === 'ask') return 0
    if (answer !== 'fetch') return file.size
    // Its room is free again once the new one has its name. What is kept beside the new one stays.
    return replaces(rule) ? (lookAt(wanted)?.size ?? 0) : 0
  } catch {
    // A file where a folder should be, or a folder that may not be looked into: its download says so.
    return 0
  }
}

function replaces({ rule }: NameRule): boolean {
  return rule === 'replace' || rule === 'replace-if-newer' || rule === 'in-step'
}
