import type { FileSource, SourceFile } from '../file-source.ts'
import type { Held } from '../pump/messages.ts'
import { createIndexSet, type IndexSet } from '../queue/index-set.ts'
import type { WalkedFile } from '../queue/item.ts'
import { dropPart, type RememberedTargets, segmentsOf } from './left-parts.ts'
import type { PlannedFile } from './records.ts'
import type { Remembered } from './remembered.ts'

/**
 * The files of a remembered batch that are still to come, with links of a fresh listing: matched by id, then by path.
 * Those that the listing does not have any more come last, as gone.
 */
export async function* pendingFiles(options: {
  readonly remembered: Remembered
  readonly targets: RememberedTargets
  readonly parts: ReadonlyMap<number, Held>
  readonly source: () => Promise<FileSource>
  /** Those that are taken care of already. */
  readonly isWalked: (index: number) => boolean
}): AsyncGenerator<readonly WalkedFile[]> {
  const { remembered, targets, parts, source, isWalked } = options
  const { batch, plan, begun, inodes, held, done } = remembered
  const taken = createIndexSet()
  for (const index of plan.keys()) if (isWalked(index) || done.has(index)) taken.add(index)
  const byId = indexesBy(plan, taken, ([id]) => id)
  const byPath = indexesBy(plan, taken, ([, filePath]) => filePath)

  function take(file: SourceFile): WalkedFile | null {
    const index = byId(file.id) ?? byPath(file.path)
    if (index === undefined) return null
    taken.add(index)
    const version = held.get(index)
    const part = parts.get(index) ?? null
    const isSame = version?.size === file.size && version.updatedAt === file.updatedAt
    if (part && !isSame) dropPart(batch.target, targets(index), begun.get(index) ?? 1)
    return {
      index,
      file,
      target: targets(index),
      held: isSame ? part : null,
      partCopy: begun.get(index) ?? 1,
      unheard: begun.has(index) ? { since: batch.startedAt, inode: inodes.get(index) ?? null } : null,
    }
  }

  for await (const some of (await source()).files({ what: 'all' })) {
    const found = some.map(take).filter((each) => each !== null)
    if (found.length > 0) yield found
  }
  const gone = plan.flatMap((file, index) => {
    if (!file || taken.has(index)) return []
    const part = { held: parts.get(index) ?? null, partCopy: begun.get(index) ?? 1 }
    return [{ index, file: goneFile(file), target: targets(index), ...part, isGone: true }]
  })
  if (gone.length > 0) yield gone
}

/** Finds the first of a plan's files by a name that several may share, which is not taken yet. */
function indexesBy(
  plan: Remembered['plan'],
  taken: IndexSet,
  nameOf: (file: PlannedFile) => string,
): (name: string) => number | undefined {
  const first = new Map<string, number>()
  /** Few share one. */
  const next = new Map<number, number>()
  for (let index = plan.length - 1; index >= 0; index -= 1) {
    const file = plan[index]
    if (!file || taken.has(index)) continue
    const other = first.get(nameOf(file))
    if (other !== undefined) next.set(index, other)
    first.set(nameOf(file), index)
  }
  return (name) => {
    let index = first.get(name)
    while (index !== undefined && taken.has(index)) index = next.get(index)
    if (index !== undefined) first.set(name, index)
    return index
  }
}

function goneFile([id, filePath, size, updatedAt]: readonly [string, string, number | null, string]): SourceFile {
  return { id, path: filePath, segments: segmentsOf(filePath), size, updatedAt, mimeType: null, downloadUrl: '' }
}
