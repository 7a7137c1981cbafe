/** How many files are fetched at once: grows while that makes things faster, shrinks when the server is overrun. */
export type Concurrency = {
  readonly slots: () => number
  /** How many of the slots may hold large files, so that small ones never wait behind them. */
  readonly largeSlots: () => number
  readonly onProgress: (bytes: number, now: number) => void
  /** Files that came whole count too: with small ones it is answers, not bytes, that take the time. */
  readonly onFile: () => void
  readonly onOverrun: () => void
}

const first = 16
const fewest = 2
const most = 64
const periodMilliseconds = 400
/** What a file costs beside its bytes, in bytes. */
const fileCost = 32 * 1024

/** Starts with as many as a browser would never dare on one host, but common storage takes with ease. */
export function createConcurrency(): Concurrency {
  let slots = first
  let since: number | null = null
  let work = 0
  let before = 0
  let holdUntil = 0

  function judge(now: number): void {
    since ??= now
    if (now - since < periodMilliseconds) return
    const rate = work / (now - since)
    // More hands helped: take more. They did not: leave it at that.
    if (now >= holdUntil && rate > before * 1.1) slots = Math.min(most, Math.ceil(slots * 1.5))
    before = Math.max(rate, before * 0.9)
    since = now
    work = 0
  }

  return {
    slots: () => slots,
    largeSlots: () => Math.max(1, Math.min(6, Math.floor(slots / 2))),
    onProgress(bytes, now) {
      work += Math.max(0, bytes)
      judge(now)
    },
    onFile() {
      work += fileCost
    },
    onOverrun() {
      const now = performance.now()
      if (now < holdUntil) return
      slots = Math.max(fewest, Math.floor(slots / 2))
      before = 0
      holdUntil = now + 5_000
    },
  }
}
