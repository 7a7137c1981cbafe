import { lstatSync, rmSync, type Stats, truncateSync } from 'node:fs'
import path from 'node:path'
import { createBatchTargets, type KeptPlaces } from '../batch-targets.ts'
import { placed } from '../layout.ts'
import type { Held } from '../pump/messages.ts'
import { partNameOf } from '../queue/item.ts'
import { safeName } from '../target-path.ts'
import { bootName, isSameBoot } from './boot.ts'
import type { Remembered } from './remembered.ts'

/** How much the clock of a file system may lag behind ours. */
const clockGrain = 20

/** What is known of a batch's part files. */
export type LeftParts = Pick<Remembered, 'boot' | 'begun' | 'underWay' | 'made' | 'held'> & {
  readonly batch: Pick<Remembered['batch'], 'kind' | 'target' | 'startedAt'>
}

/** Where a remembered batch's files go, by index. */
export type RememberedTargets = (index: number) => readonly string[]

/** Works the targets out again, in the order of the plan, as they were when the batch started; once one is asked for. */
export function rememberedTargets({ batch, plan }: Remembered, kept: KeptPlaces | null): RememberedTargets {
  const wanted = (file: Remembered['plan'][number]) => placed(batch.layout, segmentsOf(file?.[1] ?? ''))
  const plain = (index: number) => wanted(plan[index]).map(safeName)
  /** Only those that had to give way: most files have the plain name. */
  const findOthers = () => {
    const targetOf = createBatchTargets(kept)
    const others = new Map<number, readonly string[]>()
    plan.forEach((file, index) => {
      const target = targetOf(file?.[1] ?? '', wanted(file))
      if (target.join('/') !== plain(index).join('/')) others.set(index, target)
    })
    return others
  }
  let others: ReturnType<typeof findOthers> | null = null
  return (index) => {
    others ??= findOthers()
    return others.get(index) ?? plain(index)
  }
}

export function segmentsOf(filePath: string): readonly string[] {
  return filePath.split('/')
}

/** Removes the part file of one that nobody will go on with. */
export function dropPart(folder: string, names: readonly string[], copy: number): void {
  rmSync(partPath(folder, names, copy), { force: true })
}

function partPath(folder: string, names: readonly string[], copy: number): string {
  return path.join(folder, ...names.slice(0, -1), partNameOf(names.at(-1) ?? '', copy))
}

/**
 * Removes what an archive had begun, since nothing can go on from it, and answers what is remembered without it. Only before
 * it is made anew, under the same name.
 */
export function withoutArchivePart(remembered: Remembered): Remembered {
  const { batch, begun, underWay } = remembered
  if (batch.kind !== 'archive') return remembered
  const { dir, base } = path.parse(batch.target)
  for (const index of underWay) {
    const part = path.join(dir, partNameOf(base, begun.get(index) ?? 1))
    if (lookAtOurs(part, remembered, index)) rmSync(part, { force: true })
  }
  return { ...remembered, begun: new Map(), underWay: new Set(), made: new Set() }
}

/**
 * What lies under a part file's name, if it is ours; else null. A name alone proves nothing: the person may have a file of
 * that name, which is why ours is then called otherwise.
 *
 * What the journal says was made is ours. A kill between the making and the line that tells of it leaves an empty file of an
 * attempt under way: that counts as ours, too, when it is younger than the batch. Anything else is left alone.
 */
function lookAtOurs(part: string, { batch, made }: Pick<LeftParts, 'batch' | 'made'>, index: number): Stats | null {
  const found = lstatSync(part, { throwIfNoEntry: false })
  if (!found?.isFile()) return null
  const isLeftEmpty = found.size === 0 && found.birthtimeMs >= batch.startedAt - clockGrain
  return made.has(index) || isLeftEmpty ? found : null
}

/**
 * What is left in the part files that a batch had made, by index. Those that nothing can go on from are removed, and what
 * did not surely reach the disk is cut off. Only what is ours is touched.
 */
export function takeUpParts(remembered: LeftParts, targets: RememberedTargets): ReadonlyMap<number, Held> {
  const usable = new Map<number, Held>()
  for (const { index, part, size, held } of partsThere(remembered, targets)) {
    if (!held) rmSync(part, { force: true })
    else if (held.bytes < size) truncateSync(part, held.bytes)
    if (held) usable.set(index, held)
  }
  return usable
}

/** How many bytes of each file `takeUpParts` will find to go on from, by index. Touches nothing. */
export function bytesInParts(remembered: Remembered, targets: RememberedTargets): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>()
  try {
    for (const { index, held } of partsThere(remembered, targets)) {
      const size = remembered.held.get(index)?.size ?? Number.POSITIVE_INFINITY
      if (held) bytes.set(index, Math.min(held.bytes, size))
    }
  } catch {
    // A folder that may not be looked into: who wants to go on there says so.
  }
  return bytes
}

/** A part file of ours, with all that lies in it, and with what can be gone on from. */
type PartThere = {
  readonly index: number
  readonly part: string
  readonly size: number
  readonly held: Held | null
}

function* partsThere(remembered: LeftParts, targets: RememberedTargets): Generator<PartThere> {
  const { batch, begun, underWay, held, boot } = remembered
  // An archive is made anew, and its part file may be the new one's already.
  if (batch.kind === 'archive') return
  const sameBoot = isSameBoot(boot, bootName())
  for (const index of underWay) {
    const part = partPath(batch.target, targets(index), begun.get(index) ?? 1)
    const found = lookAtOurs(part, remembered, index)
    const known = held.get(index)
    if (!found) continue
    // A kill loses nothing that was written; a loss of power, all that was not flushed.
    const bytes = sameBoot ? found.size : Math.min(found.size, known?.synced ?? 0)
    const validator = known?.validator ?? null
    yield { index, part, size: found.size, held: validator !== null && bytes > 0 ? { bytes, validator } : null }
  }
}
