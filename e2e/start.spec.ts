import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import './bridge.ts'
import { test } from './fixtures.ts'
import { exploreSample } from './window/files-view.ts'

test('the window opens with the bridge and nothing else of Electron', async ({ app }) => {
  await expect(app.window.locator('#root')).toBeAttached()
  const names = await app.window.evaluate(() => Object.keys(window.api))
  expect(names.toSorted()).toEqual(['invoke', 'on', 'platform', 'startDrag'])
})

test('a sample run is listed through the bridge, and its changes are told', async ({ app }) => {
  const listed = await app.window.evaluate(async () => {
    const { api } = window
    const loaded = new Promise<number>((resolve) =>
      api.on('listing:changed', (listing) => listing.loading === null && resolve(listing.fileCount)),
    )
    const runs = await api.invoke('sample:list', undefined)
    if (!runs.ok) throw new Error(runs.error.message)
    const executionId = runs.value[0]?.executionId ?? ''
    const opened = await api.invoke('listing:open', { executionId, source: 'sample' })
    if (!opened.ok) throw new Error(opened.error.message)
    const fileCount = await loaded
    const rows = await api.invoke('listing:rows', { listing: opened.value.listing, from: 0, to: 100 })
    return { fileCount, rows: rows.ok ? rows.value.rows.map((row) => row.path) : rows.error.message }
  })
  expect(listed.fileCount).toBeGreaterThan(10)
  expect(listed.rows).toContain('workspace')
})

test('the window is hidden until there is something painted in it, and then shown', async ({ app, folder }) => {
  await expect(app.window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isVisible).toBe(true)
  const painted = await app.window.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN)
  })
  const log = readFileSync(path.join(folder, 'profile', 'logs', 'main.log'), 'utf8')
    .trimEnd()
    .split('\n')
  const shown = log.map((line) => JSON.parse(line)).find(({ milestone }) => milestone === 'window-shown')
  expect(Date.parse(shown.time)).toBeGreaterThanOrEqual(Math.floor(painted))
})

test('a window whose page paints nothing is shown all the same, a little later', async ({ app }) => {
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isVisible).toBe(true)
  const isVisibleAtFirst = await app.evaluate(({ app: electron, BrowserWindow, ipcMain }) => {
    ipcMain.removeHandler('settings:get')
    ipcMain.handle('settings:get', () => new Promise(() => {}))
    // As on macOS, where the app goes on without a window and opens one when it is asked for.
    electron.removeAllListeners('window-all-closed')
    electron.on('window-all-closed', () => {})
    BrowserWindow.getAllWindows()[0]?.destroy()
    electron.emit('activate')
    return BrowserWindow.getAllWindows()[0]?.isVisible()
  })
  expect(isVisibleAtFirst).toBe(false)
  await expect.poll(isVisible).toBe(true)
})

test('what is loaded after the start is compiled once, and taken from the cache at the next', async ({
  launch,
  folder,
}) => {
  const startAndQuit = async () => {
    const app = await launch()
    await exploreSample(app.window)
    await app.evaluate(({ app: electron }) => electron.quit())
    await app.ended
    return cachedCode(path.join(folder, 'profile', 'compile-cache'))
  }
  const first = await startAndQuit()
  expect(first.size).toBeGreaterThan(10)
  // Code that is not taken from the cache is compiled, and written, again: in its old place, or in a new one.
  const second = await startAndQuit()
  expect([...first].filter(([file, writtenAt]) => second.get(file) !== writtenAt)).toEqual([])
  // A start may get to a part that the one before was quit too early for.
  expect(second.size).toBeLessThan(first.size * 1.5)
})

/** When each file of compiled code was written. */
function cachedCode(folder: string): ReadonlyMap<string, number> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ name, parentPath }) => {
      const file = path.join(parentPath, name)
      return [file, statSync(file).mtimeMs]
    }),
  )
}
