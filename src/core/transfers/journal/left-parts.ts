import { lstatSync, rmSync } from 'node:fs'
import path from 'node:path'
import { placed } from '../layout.ts'
import type { Held } from '../pump/messages.ts'
import { partNameOf } from '../queue/item.ts'
import { createTargetPaths, safeName } from '../target-path.ts'
import { bootName, isSameBoot } from './boot.ts'
import type { Remembered } from './remembered.ts'

/** Where a remembered batch's files go, by index. */
export type RememberedTargets = (index: number) => readonly string[]

/** Works the targets out again, in the order of the plan, as they were when the batch started. */
export function rememberedTargets({ batch, plan }: Remembered): RememberedTargets {
  const targetOf = createTargetPaths()
  const wanted = (file: Remembered['plan'][number]) => placed(batch.layout, segmentsOf(file?.[1] ?? ''))
  const plain = (index: number) => wanted(plan[index]).map(safeName)
  // Only those that had to give way are kept: most files have the plain name.
  const others = new Map<number, readonly string[]>()
  plan.forEach((file, index) => {
    const target = targetOf(wanted(file))
    if (target.join('/') !== plain(index).join('/')) others.set(index, target)
  })
  return (index) => others.get(index) ?? plain(index)
}

export function segmentsOf(filePath: string): readonly string[] {
  return filePath.split('/')
}

/** Removes what an archive had begun: nothing can go on from it. Only before it is made anew, under the same name. */
export function dropArchivePart({ batch, begun }: Remembered): void {
  if (batch.kind !== 'archive') return
  const { dir, base } = path.parse(batch.target)
  for (const copy of begun.values()) rmSync(path.join(dir, partNameOf(base, copy)), { force: true })
}

/**
 * What is left in the part files that a batch had begun, by index. Those that nothing can go on from are removed; only
 * files that the journal names are touched.
 */
export function takeUpParts(remembered: Remembered, targets: RememberedTargets): ReadonlyMap<number, Held> {
  const { batch, begun, held, boot } = remembered
  const sameBoot = isSameBoot(boot, bootName())
  const usable = new Map<number, Held>()
  // An archive is made anew, and its part file may be the new one's already.
  if (batch.kind === 'archive') return usable
  for (const [index, copy] of begun) {
    const names = targets(index)
    const part = path.join(batch.target, ...names.slice(0, -1), partNameOf(names.at(-1) ?? '', copy))
    const found = lstatSync(part, { throwIfNoEntry: false })
    const known = held.get(index)
    if (!found?.isFile()) continue
    // A kill loses nothing that was written; a loss of power, all that was not flushed.
    const bytes = sameBoot ? found.size : Math.min(found.size, known?.synced ?? 0)
    if (known && known.validator !== null && bytes > 0) usable.set(index, { bytes, validator: known.validator })
    else rmSync(part, { force: true })
  }
  return usable
}
