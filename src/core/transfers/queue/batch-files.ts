import type { Nodes } from '../../../shared/models/listing.ts'
import { Failure } from '../../failure.ts'
import type { KeptPlaces } from '../batch-targets.ts'
import type { FileSource, SourceFile } from '../file-source.ts'
import type { BatchJournal } from '../journal/batch-journal.ts'
import { rememberedTargets, takeUpParts } from '../journal/left-parts.ts'
import { pendingFiles } from '../journal/pending-files.ts'
import type { PlannedFile } from '../journal/records.ts'
import type { Remembered } from '../journal/remembered.ts'
import type { BatchStart } from './batch-run.ts'
import type { WalkedFile } from './item.ts'
import type { Origin } from './origin.ts'
import { createSequence } from './sequence.ts'
import type { BatchFiles } from './walk.ts'

/** The files of a batch that just started, numbered in the order in which they come. */
export function newFiles(options: {
  readonly source: FileSource
  readonly files: Nodes
  /** As it was opened when the batch was asked for: the journal's plan has the same, in the same order. */
  readonly walk: AsyncIterable<readonly SourceFile[]>
  readonly origin: Origin
  readonly journal: BatchJournal
  readonly kept: KeptPlaces | null
  /** What the journal has of the batch, should the listing be closed before all is walked. */
  readonly remembered: () => Promise<Remembered | null>
}): BatchFiles {
  const { source, files, walk, origin, journal, kept, remembered } = options
  const given = createSequence()
  let why: unknown = new Failure({ kind: 'cancelled', message: 'The list of its files is gone: download them anew.' })
  let isClosed = false
  return {
    async *open(isWalked) {
      if (given.isBegun() || isClosed) yield* goOn(isWalked)
      else
        try {
          yield* given.take(walk)
        } catch (thrown) {
          why = thrown
          origin.replace(source, thrown)
          yield* goOn(isWalked)
        }
    },
    close() {
      isClosed = true
      if (!given.isBegun()) void walk[Symbol.asyncIterator]().return?.()
    },
  }

  async function* goOn(isWalked: (index: number) => boolean): AsyncGenerator<readonly WalkedFile[]> {
    const known = await remembered()
    const plan = known && (await completePlan(known, origin, journal))
    if (plan?.isPlanWhole) {
      const targets = rememberedTargets(plan, kept)
      yield* pendingFiles({ remembered: plan, targets, parts: new Map(), source: origin.source, isWalked })
    } else {
      // Without a plan the same files are walked once more: all of the run are in any listing of it.
      const from = files.what === 'all' ? await origin.source() : source
      yield* given.takeRest(from.files(files), why)
    }
  }
}

export type LeftFiles = BatchFiles & Pick<BatchStart, 'dropUnwalkedParts'>

/** The files of a batch that an earlier start of the app left. */
export function leftFiles(left: Remembered, origin: Origin, journal: BatchJournal, kept: KeptPlaces | null): LeftFiles {
  let takingUp: ReturnType<typeof takeUp> | null = null
  /** Which items may have a part file. */
  let underWay = left.underWay
  async function* open(isWalked: (index: number) => boolean) {
    // Once: from then on the batch itself writes to its part files.
    takingUp ??= takeUp({ ...left, underWay }, origin, journal, kept).catch((thrown) => {
      takingUp = null
      throw thrown
    })
    const taken = await takingUp
    underWay = new Set([...underWay].filter((index) => taken.parts.has(index)))
    yield* pendingFiles({ ...taken, source: origin.source, isWalked })
  }

  return {
    open,
    // The listing is opened by who walks it.
    close() {},
    dropUnwalkedParts(isWalked) {
      const dropped = new Set([...underWay].filter((index) => !isWalked(index)))
      takeUpParts({ ...left, underWay: dropped, held: new Map() }, rememberedTargets(left, kept))
      // What lies there from now on is not ours, unless it is made anew.
      underWay = new Set([...underWay].filter((index) => !dropped.has(index)))
      for (const index of dropped) journal.onDropped(index)
    },
  }
}

async function takeUp(left: Remembered, origin: Origin, journal: BatchJournal, kept: KeptPlaces | null) {
  const remembered = await completePlan(left, origin, journal)
  const targets = rememberedTargets(remembered, kept)
  const parts = takeUpParts(remembered, targets)
  // Another may soon lie under the same name.
  for (const index of remembered.underWay) if (!parts.has(index)) journal.onDropped(index)
  journal.onTakenUp()
  return { remembered, targets, parts }
}

/** Files as they are walked, with the links of the newest listing: one may have come since the walk began. */
export function withNewestLinks(files: BatchFiles, origin: Origin): BatchFiles {
  return { ...files, open: (isWalked) => newestLinks(files.open(isWalked), origin) }
}

async function* newestLinks(
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
