import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { launchApp, projectFolder } from '../../e2e/launch-app.ts'
import { exploreSample, filesView } from '../../e2e/window/files-view.ts'

// Takes the pictures of the read-me from the built app and its sample runs. `npm run screenshots` builds first.

const pictures = path.join(projectFolder, 'docs', 'screenshots')
const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-screenshots-'))
const home = path.join(folder, 'home')
for (const needed of [pictures, path.join(folder, 'profile'), path.join(home, 'Downloads')])
  mkdirSync(needed, { recursive: true })

const app = await launchApp({ profile: path.join(folder, 'profile'), env: { HOME: home } })
try {
  await takeAll(app.window)
} finally {
  await app.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function takeAll(window: Page): Promise<void> {
  await window.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
  await window.setViewportSize({ width: 1200, height: 760 })
  await expect(window.getByLabel('API key')).toBeVisible()
  await take(window, 'welcome')

  const { row, search, transfers, details } = await exploreSample(window)
  await row('invoices.csv').click()
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  await expect(details.getByText('48 rows')).toBeVisible()
  await take(window, 'files')
  await window.emulateMedia({ colorScheme: 'dark' })
  await take(window, 'files-dark')
  await window.emulateMedia({ colorScheme: 'light' })

  await search.fill('invoice type:image')
  await expect(window.locator('mark').first()).toBeVisible()
  await row('002-invoices-page-1.png').click()
  await expect(details.getByText(/\d+ × \d+ pixels/)).toBeVisible()
  await take(window, 'search')
  await search.fill('')

  await row('workspace').click()
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done/)).toBeVisible()
  await transfers.getByRole('button', { name: /^Files of/ }).click()
  await take(window, 'transfers')
  await window.keyboard.press('Control+j')

  await window.keyboard.press('Control+k')
  await window.getByRole('combobox').fill('sort')
  await take(window, 'palette')
  await window.keyboard.press('Escape')

  await window.getByRole('button', { name: /Build a repository/ }).click()
  await expect(filesView(window).counts).toContainText('100,000 files', { timeout: 60_000 })
  await filesView(window).row('workspace').click()
  await take(window, 'many-files')
}

async function take(window: Page, name: string): Promise<void> {
  // The pointer would leave a row lit.
  await window.mouse.move(0, 0)
  await window.waitForTimeout(400)
  await window.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled', caret: 'hide' })
}
