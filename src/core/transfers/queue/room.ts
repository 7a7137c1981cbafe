import { freeBytes, missingRoom } from './disk-room.ts'

/** Whether the disk has room for a batch. */
export type Room = {
  /** What is missing, in a sentence; null when there is room. */
  readonly problem: () => string | null
  /** Before the first byte: is there room for everything? */
  readonly checkFirst: () => Promise<void>
  /** The disk turned out to be full. */
  readonly onFull: () => void
  /** Looks again at once. */
  readonly check: () => void
  readonly close: () => void
}

const lookEveryMilliseconds = 2_000
/** Left free beside the files themselves. */
const margin = 1024 * 1024

/** Watches the disk while it is full, and tells when a batch can go on. */
export function createRoom(options: {
  readonly folder: string
  /** Bytes that are still to come. */
  readonly remaining: () => number
  readonly onRoom: () => void
  readonly onChange: () => void
}): Room {
  const { folder, remaining, onRoom, onChange } = options
  let problem: string | null = null
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const free = await freeBytes(folder)
    const missing = free === null ? 0 : remaining() + margin - free
    const before = problem
    problem = missing > 0 ? missingRoom(missing) : null
    if (problem === null) clearInterval(timer)
    else timer ??= setInterval(look, lookEveryMilliseconds).unref()
    if (problem === null) timer = undefined
    if (before !== problem) onChange()
    if (before !== null && problem === null) onRoom()
  }

  return {
    problem: () => problem,
    checkFirst: look,
    onFull() {
      problem ??= missingRoom(remaining() + margin)
      void look()
    },
    check() {
      if (problem !== null) void look()
    },
    close() {
      clearInterval(timer)
      timer = undefined
      problem = null
    },
  }
}
