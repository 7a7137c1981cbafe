import type { Logger } from '../core/log/logger.ts'

export type Milestone = 'main' | 'ready' | 'window-shown' | 'first-rows'

export type Timings = {
  /** Notes that a milestone was reached; only the first time counts. */
  readonly mark: (milestone: Milestone) => void
  /** Milliseconds from the process's start to each milestone that was reached. */
  readonly all: () => Readonly<Partial<Record<Milestone, number>>>
}

/** Keeps how long the start took, part by part, and logs it. */
export function createTimings(log: Logger): Timings {
  const marks: Partial<Record<Milestone, number>> = {}
  // Electron's own clock begins when the operating system made the process, before Node was there.
  const started = process.getCreationTime() ?? performance.timeOrigin

  return {
    mark(milestone) {
      if (marks[milestone] !== undefined) return
      marks[milestone] = Math.round(Date.now() - started)
      log.info('Start-up', { milestone, milliseconds: marks[milestone] })
    },
    all: () => marks,
  }
}
