/** What holds an archive back: a pause, and waits that time, the network or the person ends. */
export type ArchiveWaits = {
  readonly isPaused: () => boolean
  /** Lets go of the connection, too. */
  readonly pause: () => void
  readonly resume: () => void
  /** For good. */
  readonly stop: () => void
  readonly isStopped: () => boolean
  /** Aborted by the next pause, and by the stop. */
  readonly signal: () => AbortSignal
  /** Waits for so long, or until it is woken or stopped; null for no time. */
  readonly rest: (milliseconds: number | null) => Promise<void>
  /** Ends the wait that is under way. */
  readonly wake: () => void
  /** Waits while it is paused. */
  readonly untilResumed: () => Promise<void>
}

/** Starts paused or not. */
export function createArchiveWaits(startsPaused: boolean): ArchiveWaits {
  let paused = startsPaused
  let stopped = false
  let abort = new AbortController()
  let wake = () => {}

  function rest(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      if (stopped) return resolve()
      const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    isPaused: () => paused,
    pause() {
      paused = true
      abort.abort()
      abort = new AbortController()
    },
    resume() {
      paused = false
      wake()
    },
    stop() {
      stopped = true
      abort.abort()
      wake()
    },
    isStopped: () => stopped,
    signal: () => abort.signal,
    rest,
    wake: () => wake(),
    async untilResumed() {
      while (paused && !stopped) await rest(null)
    },
  }
}
