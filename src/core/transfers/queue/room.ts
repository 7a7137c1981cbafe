import { createRefusals, freeBytes, missingRoom, refusedRoom, sparedBytes } from './disk-room.ts'

/** Whether the disk has room for a batch. */
export type Room = {
  /** What is missing, in a sentence; null when there is room. */
  readonly problem: () => string | null
  /** Whether nothing more should be begun: there is no room, or it is not known yet whether there is. */
  readonly holds: () => boolean
  /** Before the first byte: is there room for everything? */
  readonly checkFirst: () => Promise<void>
  /** The disk turned out to be full, or at least refused what was to be written. */
  readonly onFull: () => void
  /** Looks again at once, also at what is there. */
  readonly check: () => void
  readonly close: () => void
}

const lookEveryMilliseconds = 2_000

/** Watches the disk while it is full, and tells when a batch can go on. */
export function createRoom(options: {
  readonly folder: string
  /** Bytes that are still to come. */
  readonly remaining: () => number
  /** Those of them that need no room, since they are there already or take the place of others. Asked for only where there seems to be too little room. */
  readonly there: () => Promise<number>
  readonly onRoom: () => void
  readonly onChange: () => void
}): Room {
  const { folder, remaining, there, onRoom, onChange } = options
  let problem: string | null = null
  let timer: NodeJS.Timeout | undefined
  /** Bytes that are there, counted once for as long as there is no room: only the person changes any of them meanwhile. */
  let counted: Promise<number> | null = null
  let isUnknown = false
  const refusals = createRefusals()
  /** When a disk that refused something is tried again, if it has room by its own account. */
  let triedAgainAt = 0
  /** Counts the times that it was closed: a batch that is tried again goes on with it. */
  let round = 0

  async function look(): Promise<void> {
    const mine = round
    const free = await freeBytes(folder)
    const missing = free === null ? 0 : await missingFor(free)
    if (mine !== round) return
    const before = problem
    problem = problemNow(missing)
    if (problem === null) clearInterval(timer)
    else timer ??= setInterval(look, lookEveryMilliseconds).unref()
    if (problem === null) timer = undefined
    if (before !== problem) onChange()
    const held = before !== null || counted !== null
    if (problem !== null) return
    counted = null
    if (held) onRoom()
  }

  function problemNow(missing: number): string | null {
    if (missing <= 0) return Date.now() < triedAgainAt ? refusedRoom : null
    // It does not say that it has room.
    letTry()
    return missingRoom(missing)
  }

  function letTry(): void {
    refusals.reset()
    triedAgainAt = 0
  }

  async function missingFor(free: number): Promise<number> {
    const needed = () => remaining() + sparedBytes - free
    if (needed() <= 0) return 0
    isUnknown = true
    counted ??= there()
    const bytes = await counted
    isUnknown = false
    return needed() - bytes
  }

  return {
    problem: () => problem,
    holds: () => problem !== null || isUnknown,
    async checkFirst() {
      isUnknown = true
      await look()
      isUnknown = false
      if (problem === null) onRoom()
    },
    onFull() {
      if (problem === null) {
        triedAgainAt = Date.now() + refusals.next()
        problem = missingRoom(remaining() + sparedBytes)
      }
      void look()
    },
    check() {
      if (problem === null) return
      letTry()
      counted = null
      void look()
    },
    close() {
      round += 1
      clearInterval(timer)
      timer = undefined
      problem = null
      counted = null
      letTry()
    },
  }
}
