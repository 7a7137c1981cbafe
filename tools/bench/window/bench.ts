import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { type LaunchedApp, launchApp } from '../../../e2e/launch-app.ts'
import { startMillionApi } from '../../../e2e/window/million-api.ts'
import { atPercent, type Frames, watchFrames } from './frames.ts'
import { windowMemory } from './window-memory.ts'

const rows = 1_001_006

/** Measures scrolling over a million files, and the window's memory: `npm run bench -- window`. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-bench-'))
  for (const part of ['profile', 'home']) mkdirSync(path.join(folder, part))
  const api = await startMillionApi()
  const env = { ...api.env, HOME: path.join(folder, 'home'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
  const app = await launchApp({ profile: path.join(folder, 'profile'), env })
  try {
    const { window } = app
    await window.getByRole('button', { name: 'Explore a sample run' }).waitFor()
    const idle = await windowMemory(window)
    await openAll(app)
    const loaded = await windowMemory(window)
    const frames = [
      ['wheel', await watchFrames(window, () => byWheel(window))],
      ['key', await watchFrames(window, () => byKey(window))],
      ['thumb', await watchFrames(window, () => byThumb(window))],
    ] as const
    const after = await windowMemory(window)
    await coverWithEmptyPage(window)
    const empty = await watchFrames(window, () => pressPageDown(window))
    process.stdout.write(
      [
        `| scrolling a million files, on ${app.runtime}, ms | frames | p50 | p95 | worst | window’s own work, worst | blank row, longest |`,
        '|---|---:|---:|---:|---:|---:|---:|',
        ...frames.map(([name, measured]) => `| by ${name} | ${line(measured)} |`),
        `| by key, an empty page | ${line(empty)} |`,
        '',
        '| window’s memory over idle, MiB | all open | after scrolling |',
        '|---|---:|---:|',
        `| JavaScript heap | ${grown(loaded.heap, idle.heap)} | ${grown(after.heap, idle.heap)} |`,
        `| resident memory of its process | ${grown(loaded.resident, idle.resident)} | ${grown(after.resident, idle.resident)} |`,
        '',
      ].join('\n'),
    )
  } finally {
    await app.kill()
    api.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function line({ deltas, blank, work }: Frames): string {
  const figures = [atPercent(deltas, 50), atPercent(deltas, 95), Math.max(...deltas), Math.max(...work), blank]
  return [String(deltas.length), ...figures.map((figure) => figure.toFixed(1))].join(' | ')
}

function grown(now: number, before: number): string {
  return (now - before).toFixed(1)
}

/** Opens a run of a million files, and all its folders. */
async function openAll({ window, evaluate }: LaunchedApp): Promise<void> {
  await evaluate(({ app }) => {
    const link = 'asteroid-files://executions/1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'
    app.emit('open-url', { preventDefault() {} }, link)
  })
  await window.getByText('1,000,000 files').first().waitFor({ timeout: 120_000 })
  const tree = window.getByRole('treegrid', { name: 'Files' })
  await tree.getByRole('row', { name: /^workspace\b/ }).click()
  await window.keyboard.press('*')
  await window.locator(`[role=treegrid][aria-rowcount="${rows}"]`).waitFor({ timeout: 60_000 })
  await tree.getByText('file-0000000.txt').waitFor()
}

/** Turns the wheel by three rows a time, as fast as a brisk hand. */
async function byWheel(window: Page): Promise<void> {
  await window.getByRole('treegrid', { name: 'Files' }).hover()
  for (let turn = 0; turn < 200; turn += 1) {
    await window.mouse.wheel(0, 120)
    await window.waitForTimeout(15)
  }
}

/** Holds the page down key, as often as a keyboard repeats it. */
async function byKey(window: Page): Promise<void> {
  await window.getByRole('treegrid', { name: 'Files' }).focus()
  await pressPageDown(window)
}

async function pressPageDown(window: Page): Promise<void> {
  for (let press = 0; press < 120; press += 1) {
    await window.keyboard.press('PageDown')
    await window.waitForTimeout(30)
  }
}

/** Puts an empty scroller over all: what its frames take is the machine’s and the browser’s, and none of ours. */
async function coverWithEmptyPage(window: Page): Promise<void> {
  await window.evaluate(() => {
    const scroller = document.createElement('div')
    scroller.tabIndex = 0
    Object.assign(scroller.style, {
      position: 'fixed',
      inset: '0',
      overflow: 'auto',
      background: 'white',
      zIndex: '99',
    })
    const content = document.createElement('div')
    content.style.height = '8000000px'
    scroller.append(content)
    document.body.append(scroller)
    scroller.focus()
  })
}

/** Draws the thumb from the top to the end and back, a frame at a time: each is far from the one before. */
async function byThumb(window: Page): Promise<void> {
  await window.getByRole('treegrid', { name: 'Files' }).evaluate(async (element) => {
    const steps = 150
    for (let step = 0; step <= 2 * steps; step += 1) {
      const way = step <= steps ? step / steps : 2 - step / steps
      element.scrollTop = way * (element.scrollHeight - element.clientHeight)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
}
