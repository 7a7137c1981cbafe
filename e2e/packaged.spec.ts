import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { extractPackedApp, findPackedApps } from '../tools/package/packed-app.ts'
import { test } from './fixtures.ts'
import { electronBinary, projectFolder } from './launch-app.ts'
import { exploreSample } from './window/files-view.ts'

const [packed] = findPackedApps(path.join(projectFolder, 'dist'))

// Plain Node cannot read an archive as Electron does. The files are taken out of it to a folder far from node_modules,
// which shows that all that the code loads at a start was packed; not that Electron starts it.
test('the packaged code starts from its own files alone, and opens a sample run', async ({ launch, folder }) => {
  test.skip(electronBinary() !== null, 'npm run smoke starts the package itself, in the real Electron.')
  test.slow()
  test.skip(!packed, 'There is no package yet: npm run package -- --dir')
  if (!packed) return
  const target = path.join(folder, 'packed')
  extractPackedApp(packed, target)
  const app = await launch({ folder: target })
  // The window's own files.
  const { row, transfers } = await exploreSample(app.window)
  await app.window.getByRole('searchbox').fill('invoices.csv')
  await row('invoices.csv').click()
  // The text of a preview, which brings a part of the window that is loaded when it is wanted.
  await expect(app.window.getByRole('complementary', { name: 'Details' })).toContainText('INV-2026-')
  // The thread that downloads.
  await app.window.keyboard.press('Control+s')
  await expect(transfers.getByText('Done').first()).toBeVisible()
  expect(readdirSync(path.join(folder, 'home', 'Downloads'))).toEqual(['invoices.csv'])
  // What is missing may have been made up for, as the listing's thread is.
  const log = readFileSync(path.join(folder, 'profile', 'logs', 'main.log'), 'utf8')
  expect(log.split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([])
  const account = await app.window.evaluate(() => window.api.invoke('account:status', undefined))
  expect(account).toMatchObject({ ok: true })
})
