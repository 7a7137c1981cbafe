import { readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { type Sample, startSample } from '../src/core/sample/sample.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'
import { filesView } from './window/files-view.ts'

const largeFile = 'line-items-full.csv'
const largeBytes = 20_000_000
let sample: Sample

// Served from here, so that the same run is there after a restart, and no larger than the test needs.
test.beforeAll(async () => {
  sample = await startSample({ largeFileBytes: largeBytes })
})
test.afterAll(() => sample.close())

function connection() {
  return { env: { ASTEROID_BASE_URL: sample.base, ASTEROID_API_KEY: sample.key } }
}

/** Starts downloading the finished run, slowly enough to be met in the middle. */
async function downloadSlowly({ window }: LaunchedApp): Promise<void> {
  await ask(window, 'settings:change', { bandwidthLimit: 2_000_000 })
  const executionId = sample.runs[0]?.executionId ?? ''
  const { listing } = await ask(window, 'listing:open', { executionId, source: 'account' })
  await ask(window, 'listing:refresh', { listing })
  await ask(window, 'transfers:start', { listing, files: { what: 'all' }, to: 'downloads', as: 'files' })
  await expect.poll(() => received(window)).toBeGreaterThan(3_000_000)
}

async function received(window: LaunchedApp['window']): Promise<number> {
  const [batch] = await ask(window, 'transfers:list', undefined)
  return batch?.receivedBytes ?? 0
}

/** Not left to the system's own Downloads folder, which is a person's on some. */
test.beforeEach(({ folder }) => {
  const downloadFolder = path.join(folder, 'home', 'Downloads')
  writeFileSync(path.join(folder, 'profile', 'settings.json'), JSON.stringify({ downloadFolder }))
})

/** Sizes of the files in the test's Downloads folder, by name. */
function filesOnDisk(folder: string): ReadonlyMap<string, number> {
  const root = path.join(folder, 'home', 'Downloads')
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(entries.map((entry) => [entry.name, statSync(path.join(entry.parentPath, entry.name)).size]))
}

async function finishDownload({ window }: LaunchedApp): Promise<void> {
  await ask(window, 'settings:change', { bandwidthLimit: null })
  await expect
    .poll(async () => (await ask(window, 'transfers:list', undefined))[0]?.status.state, { timeout: 45_000 })
    .toBe('done')
}

/** Answers the question that quitting asks, and counts how often it is asked. */
async function answerQuit(app: LaunchedApp, response: number): Promise<void> {
  await app.evaluate(({ dialog }, button) => {
    Object.assign(globalThis, { asked: 0 })
    dialog.showMessageBox = async () => {
      Reflect.set(globalThis, 'asked', Reflect.get(globalThis, 'asked') + 1)
      return { response: button, checkboxChecked: false }
    }
  }, response)
}

test('quitting asks while downloads run, and a restart goes on with them', async ({ launch, folder }) => {
  const first = await launch(connection())
  await downloadSlowly(first)
  await answerQuit(first, 0)
  await first.evaluate(({ app }) => app.quit())
  await expect.poll(() => first.evaluate(() => Reflect.get(globalThis, 'asked'))).toBe(1)
  const before = await received(first.window)
  await expect.poll(() => received(first.window)).toBeGreaterThan(before)

  await answerQuit(first, 1)
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => {})
  expect(await first.ended).toBe(0)
  expect(filesOnDisk(folder).has(largeFile)).toBe(false)

  const second = await launch(connection())
  await finishDownload(second)
  expect(filesOnDisk(folder).get(largeFile)).toBe(largeBytes)
  expect([...filesOnDisk(folder).keys()].filter((name) => /\.part$/.test(name))).toEqual(['archive.tar.gz.part'])
})

test('quitting without downloads asks nothing', async ({ app }) => {
  await answerQuit(app, 0)
  await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => {})
  expect(await app.ended).toBe(0)
})

test('after kill -9 in the middle no file is short, and a restart goes on', async ({ launch, folder }) => {
  const first = await launch(connection())
  await downloadSlowly(first)
  await first.kill()
  expect(filesOnDisk(folder).has(largeFile)).toBe(false)

  const second = await launch(connection())
  await expect.poll(async () => (await ask(second.window, 'transfers:list', undefined)).length).toBe(1)
  expect(await received(second.window)).toBeGreaterThan(0)
  await finishDownload(second)
  expect(filesOnDisk(folder).get(largeFile)).toBe(largeBytes)
})

test('where downloads are to wait after a restart, one that was under way is paused until Resume', async ({
  launch,
  folder,
}) => {
  const first = await launch(connection())
  const { layout } = await ask(first.window, 'settings:get', undefined)
  await ask(first.window, 'settings:change', { resumeOnStart: false, layout: { ...layout, transfersOpen: true } })
  await downloadSlowly(first)
  await answerQuit(first, 1)
  await first.evaluate(({ app }) => app.quit()).catch(() => {})
  expect(await first.ended).toBe(0)

  const second = await launch(connection())
  const { transfers } = filesView(second.window)
  await expect(transfers.getByText(/^Paused · /)).toBeVisible()
  const left = await received(second.window)
  const part = filesOnDisk(folder).get(`${largeFile}.part`)
  expect(part).toBeGreaterThan(0)
  await ask(second.window, 'settings:change', { bandwidthLimit: null })
  expect(await received(second.window)).toBe(left)
  expect(filesOnDisk(folder).get(`${largeFile}.part`)).toBe(part)
  await transfers
    .getByRole('listitem')
    .getByRole('button', { name: /^Resume / })
    .click()
  await finishDownload(second)
  expect(filesOnDisk(folder).get(largeFile)).toBe(largeBytes)
})
