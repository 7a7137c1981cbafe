import type { LaunchedApp } from '../launch-app.ts'

/** The longest that each side was held up at a stretch, in milliseconds of its own thread's CPU time. */
export type Pauses = { readonly window: number; readonly main: number }

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/**
 * Watches the window's and main's own threads while something is done. Both are counted in CPU time, which other programs
 * on the machine do not lengthen as they do a clock's.
 */
export async function watchPauses(app: LaunchedApp, act: () => Promise<void>): Promise<Pauses> {
  const session = await app.window.context().newCDPSession(app.window)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as readonly TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
  })
  await watchMain(app)
  await act()
  const main = await longestInMain(app)
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await ended
  const window = longestTask(events)
  await session.detach()
  return { window, main }
}

/** The longest task of a window's main thread, of which each renderer has one. */
function longestTask(events: readonly TraceEvent[]): number {
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(key),
  )
  const tasks = events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && mainThreads.has(key(event)))
  if (tasks.length === 0) throw new Error('The trace tells of no task of the window.')
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? Number.NaN) / 1_000))
}

/** Counts, in main, how long each round of the event loop works. */
async function watchMain({ evaluate }: LaunchedApp): Promise<void> {
  await evaluate(() => {
    const used = () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1_000
    }
    const watch = { worst: 0, last: used(), stop: () => clearInterval(timer) }
    const timer = setInterval(() => {
      const now = used()
      watch.worst = Math.max(watch.worst, now - watch.last)
      watch.last = now
    }, 1)
    Reflect.set(globalThis, 'pauseWatch', watch)
  })
}

function longestInMain({ evaluate }: LaunchedApp): Promise<number> {
  return evaluate(() => {
    const watch = Reflect.get(globalThis, 'pauseWatch')
    watch.stop()
    return watch.worst
  })
}
