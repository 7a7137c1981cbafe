import type { LaunchedApp } from '../launch-app.ts'
import { type TraceEvent, taskCategory, traced, windowTasks } from './trace.ts'

/** The longest that each side was held up at a stretch, in milliseconds of its own thread's CPU time. */
export type Pauses = { readonly window: number; readonly main: number }

/**
 * Watches the window's and main's own threads while something is done. Both are counted in CPU time, which other programs
 * on the machine do not lengthen as they do a clock's.
 */
export async function watchPauses(app: LaunchedApp, act: () => Promise<void>): Promise<Pauses> {
  let main = Number.NaN
  const events = await traced(app.window, taskCategory, async () => {
    await watchMain(app)
    await act()
    main = await longestInMain(app)
  })
  return { window: longestTask(events), main }
}

/** Waits until main has nothing of its own to do, such as what it loads once the window is shown. */
export function untilMainRests({ evaluate }: LaunchedApp): Promise<void> {
  return evaluate(async () => {
    const used = () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1_000
    }
    for (let quiet = 0; quiet < 3; ) {
      const before = used()
      await new Promise((resolve) => setTimeout(resolve, 100))
      quiet = used() - before < 10 ? quiet + 1 : 0
    }
  })
}

function longestTask(events: readonly TraceEvent[]): number {
  const tasks = windowTasks(events)
  if (tasks.length === 0) throw new Error('The trace tells of no task of the window.')
  return Math.max(...tasks)
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
