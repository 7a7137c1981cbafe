import type { Page } from '@playwright/test'

export type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Does something while Chromium traces a category of events; answers the events of all its processes. */
export async function traced(
  window: Page,
  category: string,
  act: () => Promise<unknown>,
): Promise<readonly TraceEvent[]> {
  const session = await window.context().newCDPSession(window)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as readonly TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [category], excludedCategories: ['*'] },
  })
  await act()
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await ended
  await session.detach()
  return events
}

/** The category that tells of a window's tasks. */
export const taskCategory = 'disabled-by-default-devtools.timeline'

/** The tasks of the windows' main threads, of which each renderer has one, in milliseconds of CPU time. */
export function windowTasks(events: readonly TraceEvent[]): readonly number[] {
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(key),
  )
  return events
    .filter((event) => event.name === 'RunTask' && event.ph === 'X' && mainThreads.has(key(event)))
    .map(({ tdur }) => (tdur ?? Number.NaN) / 1_000)
}
