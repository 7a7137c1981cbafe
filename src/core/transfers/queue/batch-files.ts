import type { SourceFile } from '../file-source.ts'
import type { BatchJournal } from '../journal/batch-journal.ts'
import { rememberedTargets, takeUpParts } from '../journal/left-parts.ts'
import { pendingFiles } from '../journal/pending-files.ts'
import type { PlannedFile } from '../journal/records.ts'
import type { Remembered } from '../journal/remembered.ts'
import type { WalkedFile } from './item.ts'
import type { Origin } from './origin.ts'

/** The files of a batch that just started, numbered in the order in which they come. */
export async function* newFiles(options: {
  /** As it was opened when the batch was asked for: the journal's plan has the same, in the same order. */
  readonly walk: AsyncIterable<readonly SourceFile[]>
  readonly origin: Origin
  /** What the journal has of the batch, should the listing be closed before all is walked. */
  readonly remembered: () => Promise<Remembered | null>
}): AsyncGenerator<readonly WalkedFile[]> {
  const { walk, origin, remembered } = options
  let index = 0
  try {
    for await (const some of walk) {
      const first = index
      index += some.length
      yield some.map((file, offset) => ({ index: first + offset, file }))
    }
  } catch (thrown) {
    const plan = await remembered()
    if (!plan?.isPlanWhole) throw thrown
    origin.replace(thrown)
    const targets = rememberedTargets(plan)
    yield* pendingFiles({ remembered: plan, targets, parts: new Map(), source: origin.source, from: index })
  }
}

/** The files of a batch that an earlier start of the app left. */
export async function* leftFiles(
  left: Remembered,
  origin: Origin,
  journal: BatchJournal,
): AsyncGenerator<readonly WalkedFile[]> {
  const remembered = await completePlan(left, origin, journal)
  const targets = rememberedTargets(remembered)
  const parts = takeUpParts(remembered, targets)
  // Another may soon lie under the same name.
  for (const index of remembered.underWay) if (!parts.has(index)) journal.onDropped(index)
  journal.onTakenUp()
  yield* pendingFiles({ remembered, targets, parts, source: origin.source, from: 0 })
}

/** Files as they are walked, with the links of the newest listing: one may have come since the walk began. */
export async function* withNewestLinks(
  walked: AsyncIterable<readonly WalkedFile[]>,
  origin: Origin,
): AsyncGenerator<readonly WalkedFile[]> {
  for await (const some of walked) {
    if (!origin.hasRelisted()) {
      yield some
      continue
    }
    const files = await origin.withNewestLinks(some.map(({ file }) => file))
    yield some.map((each, index) => ({ ...each, file: files[index] ?? each.file }))
  }
}

/** A plan that was cut short is made whole from the listing, where everything was asked for. */
async function completePlan(left: Remembered, origin: Origin, journal: BatchJournal): Promise<Remembered> {
  if (left.isPlanWhole || !left.batch.everything) return left
  const known = new Set(left.plan.map((file) => file?.[0]))
  const lacking: PlannedFile[] = []
  for await (const some of (await origin.source()).files({ what: 'all' }))
    for (const { id, path, size, updatedAt } of some) if (!known.has(id)) lacking.push([id, path, size, updatedAt])
  journal.onPlanned(left.plan.length, lacking)
  return { ...left, plan: [...left.plan, ...lacking], isPlanWhole: true }
}
