import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { traced } from '../../../e2e/window/trace.ts'

/** What a window takes, in mebibytes. */
export type WindowMemory = {
  /** JavaScript values in use. */
  readonly heap: number
  /** Resident memory of the window's process. */
  readonly resident: number
}

/** Reads what the window's process takes once its rubbish has been collected. Linux only. */
export async function windowMemory(window: Page): Promise<WindowMemory> {
  const session = await window.context().newCDPSession(window)
  await session.send('HeapProfiler.collectGarbage')
  await window.waitForTimeout(500)
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const process = await processOf(window)
  await session.detach()
  return { heap: usedSize / 2 ** 20, resident: residentOf(process) }
}

/** The number of the process that draws the window. */
async function processOf(window: Page): Promise<number> {
  const name = `window-${Date.now()}`
  const events = await traced(window, 'devtools.timeline', () =>
    window.evaluate((text) => console.timeStamp(text), name),
  )
  const pid = events.find((event) => event.name === 'TimeStamp' && JSON.stringify(event.args).includes(name))?.pid
  if (pid === undefined) throw new Error('The trace does not tell which process the window is in.')
  return pid
}

function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}
