import type { FileSource, SourceFile } from '../file-source.ts'
import type { Held } from '../pump/messages.ts'
import type { WalkedFile } from '../queue/item.ts'
import { dropPart, type RememberedTargets, segmentsOf } from './left-parts.ts'
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
  const byId = new Map<string, number>()
  const byPath = new Map<string, number>()
  plan.forEach((file, index) => {
    if (!file || isWalked(index) || done.has(index)) return
    byId.set(file[0], index)
    byPath.set(file[1], index)
  })

  function take(file: SourceFile): WalkedFile | null {
    const index = byId.get(file.id) ?? byPath.get(file.path)
    const found = index === undefined ? undefined : plan[index]
    if (index === undefined || !found) return null
    byId.delete(found[0])
    byPath.delete(found[1])
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
    const taken = some.map(take).filter((each) => each !== null)
    if (taken.length > 0) yield taken
  }
  const gone = [...byPath.values()].flatMap((index) => {
    const file = plan[index]
    const part = { held: parts.get(index) ?? null, partCopy: begun.get(index) ?? 1 }
    return file ? [{ index, file: goneFile(file), target: targets(index), ...part, isGone: true }] : []
  })
  if (gone.length > 0) yield gone
}

function goneFile([id, filePath, size, updatedAt]: readonly [string, string, number | null, string]): SourceFile {
  return { id, path: filePath, segments: segmentsOf(filePath), size, updatedAt, mimeType: null, downloadUrl: '' }
}
