import { createTargetPaths, type TakenPaths } from './target-path.ts'
import { createTextSet } from './text-set.ts'

/** Where files of a run lie already, in a folder that is kept in step with it. */
export type KeptPlaces = {
  /** The names of a file's place below the folder, by its path in the run; null where none is known. */
  readonly placeOf: (filePath: string) => readonly string[] | null
  /** Of all of them, whose names nobody else gets. */
  readonly taken: Pick<TakenPaths, 'files' | 'folders'>
  /** Several files of the run have this path: it can't tell where one of them lies. */
  readonly onShared: (filePath: string) => void
}

/**
 * Gives the files of a batch their places, in the order in which they come: whoever has one keeps it, and nobody else gets
 * it. Whichever of a batch's files are among those the next time, all others are given the same places again.
 */
export function createBatchTargets(
  kept: KeptPlaces | null,
): (filePath: string, wanted: readonly string[]) => readonly string[] {
  const targetOf = createTargetPaths(kept?.taken)
  if (!kept) return (_, wanted) => targetOf(wanted)
  const seen = createTextSet()
  return (filePath, wanted) => {
    if (seen.has(filePath)) {
      kept.onShared(filePath)
      return targetOf(wanted)
    }
    seen.add(filePath)
    return kept.placeOf(filePath) ?? targetOf(wanted)
  }
}
