import path from 'node:path'
import { Failure } from '../../failure.ts'
import { diskFailure } from '../pump/disk-failure.ts'
import { createRefusals, freeBytes, missingRoom, refusedRoom, sparedBytes } from '../queue/disk-room.ts'
import type { ArchiveWaits } from './archive-waits.ts'

/** How long to wait before looking whether the disk has room again. */
const roomMilliseconds = 2_000

/** Whether the disk has room for an archive. */
export type ArchiveRoom = {
  /** What is missing, in a sentence; null while there is room. */
  readonly problem: () => string | null
  /** Before the first byte: waits until there is room for all that will be needed for certain; less where the archive stops. */
  readonly whenForAll: () => Promise<void>
  /** Writes what belongs to no one file's bytes, again and again while the disk is full; stops when the archive does. */
  readonly whenThereIs: <Written>(write: () => Promise<Written>) => Promise<Written>
  /** Says that the disk is full, with what is missing as far as that is known. */
  readonly sentence: () => Promise<string>
  /** It was full: waits until it may take more, or the archive stops. What was begun would come all anew only to be refused. */
  readonly whenItMayTake: () => Promise<void>
}

/** Looks at the disk that an archive is written to. */
export function createArchiveRoom(options: {
  readonly target: string
  /** What the archive takes at the least, which takes a while to find out, and is never more than `most`. */
  readonly least: () => Promise<number>
  readonly most: number
  /** Bytes that came so far. */
  readonly received: () => number
  readonly waits: ArchiveWaits
  readonly onChange: () => void
}): ArchiveRoom {
  const { target, least, most, received, waits, onChange } = options
  let problem: string | null = null
  let counted: Promise<number> | null = null
  const refusals = createRefusals()

  /** Bytes that are missing for certain. */
  async function missing(): Promise<number> {
    const free = await freeBytes(path.dirname(target))
    if (free === null || most + sparedBytes <= free) return 0
    counted ??= least()
    return (await counted) - received() + sparedBytes - free
  }

  async function sentence(): Promise<string> {
    const bytes = await missing()
    if (bytes > 0) return missingRoom(bytes)
    return (await isFull()) ? 'The disk is full. It goes on when there is room.' : refusedRoom
  }

  /** Whether it says so itself. */
  async function isFull(): Promise<boolean> {
    const free = await freeBytes(path.dirname(target))
    return free !== null && free < sparedBytes
  }

  async function whenItMayTake(): Promise<void> {
    if (await isFull()) {
      refusals.reset()
      do await waits.rest(roomMilliseconds)
      while (!waits.isStopped() && (await isFull()))
    } else await waits.rest(refusals.next())
    await waits.untilResumed()
  }

  async function say<Done>(why: string, during: () => Promise<Done>): Promise<Done> {
    problem = why
    onChange()
    try {
      return await during()
    } finally {
      problem = null
    }
  }

  return {
    problem: () => problem,
    sentence,
    whenItMayTake,
    async whenForAll() {
      while (!waits.isStopped()) {
        const bytes = await missing()
        if (bytes <= 0) return
        await say(missingRoom(bytes), () => waits.rest(roomMilliseconds))
        await waits.untilResumed()
      }
    },
    async whenThereIs(write) {
      for (;;)
        try {
          return await write()
        } catch (thrown) {
          const known = diskFailure(thrown, path.basename(target))
          if (!(known instanceof Failure) || known.error.kind !== 'disk-full' || waits.isStopped()) throw thrown
          await say(await sentence(), whenItMayTake)
          if (waits.isStopped()) throw known
        }
    },
  }
}
