import { Failure } from '../../failure.ts'
import { diskFailure } from '../pump/disk-failure.ts'
import type { ArchiveWaits } from './archive-waits.ts'

/** How long to wait before looking whether the disk has room again. */
export const roomMilliseconds = 2_000

/** Whether the disk has room for an archive. */
export type ArchiveRoom = {
  /** What is missing, in a sentence; null while there is room. */
  readonly problem: () => string | null
  /** Writes what belongs to no one file's bytes, again and again while the disk is full; stops when the archive does. */
  readonly whenThereIs: (write: () => Promise<void>) => Promise<void>
}

/** `name` is the archive's own, to be named in errors. */
export function createArchiveRoom(options: {
  readonly name: string
  readonly waits: ArchiveWaits
  readonly onChange: () => void
}): ArchiveRoom {
  const { name, waits, onChange } = options
  let problem: string | null = null

  return {
    problem: () => problem,
    async whenThereIs(write) {
      for (;;)
        try {
          return await write()
        } catch (thrown) {
          const known = diskFailure(thrown, name)
          if (!(known instanceof Failure) || known.error.kind !== 'disk-full' || waits.isStopped()) throw thrown
          problem = known.error.message
          onChange()
          await waits.rest(roomMilliseconds)
          await waits.untilResumed()
          problem = null
          if (waits.isStopped()) throw known
        }
    },
  }
}
