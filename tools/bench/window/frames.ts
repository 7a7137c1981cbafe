import type { Page } from '@playwright/test'
import { taskCategory, traced, windowTasks } from '../../../e2e/window/trace.ts'

/** What was seen frame by frame, in milliseconds. */
export type Frames = {
  /** From each frame to the next. */
  readonly deltas: readonly number[]
  /** The window's own tasks of more than 1 ms, in CPU time of its thread. */
  readonly work: readonly number[]
  /** The longest that some place in view was always without a row's text, the same or another. */
  readonly blank: number
}

type Watch = { readonly deltas: number[]; blank: number; since: number | null; isDone: boolean }

/** Watches the frames of the window while it is scrolled, and until every row in view has come. */
export async function watchFrames(window: Page, scroll: () => Promise<void>): Promise<Frames> {
  let seen = { deltas: [] as readonly number[], blank: 0 }
  const events = await traced(window, taskCategory, async () => {
    await window.evaluate(startWatch)
    await scroll()
    await window.waitForFunction(() => Reflect.get(globalThis, 'frameWatch').since === null)
    seen = await window.evaluate(() => {
      const watch: Watch = Reflect.get(globalThis, 'frameWatch')
      watch.isDone = true
      return { deltas: watch.deltas, blank: watch.blank }
    })
  })
  return { ...seen, work: windowTasks(events).filter((milliseconds) => milliseconds > 1) }
}

/** Runs in the window. The view is blank from the first frame in which text does not fill it until the first in which it does. */
function startWatch(): void {
  const tree = document.querySelector('[role=treegrid]')
  const watch: Watch = { deltas: [], blank: 0, since: null, isDone: false }
  Reflect.set(globalThis, 'frameWatch', watch)
  let last = performance.now()
  const onFrame = (now: number) => {
    if (watch.isDone) return
    watch.deltas.push(now - last)
    last = now
    const view = tree?.getBoundingClientRect()
    const head = tree?.querySelector('[role=row]')?.getBoundingClientRect()
    // What has scrolled to where no row is drawn at all is as blank as a row without its text.
    let covered = 0
    for (const row of tree?.querySelectorAll('[data-row]') ?? []) {
      const { top, bottom } = row.getBoundingClientRect()
      if (view && head) covered += Math.max(0, Math.min(bottom, view.bottom) - Math.max(top, head.bottom))
    }
    const isBlank = view !== undefined && head !== undefined && covered < view.bottom - head.bottom - 1
    if (watch.since !== null) watch.blank = Math.max(watch.blank, now - watch.since)
    watch.since = isBlank ? (watch.since ?? now) : null
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(onFrame)
  })
}

export function atPercent(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
