// Starts the packaged app in the real Electron and opens the sample run: npm run smoke, after
// npm run package -- --dir --inspectable. Ends with 77 where there is no package that can run.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, expect } from '@playwright/test'
import { findPackedApps, type PackedApp } from './packed-app.ts'

const root = path.resolve(import.meta.dirname, '../..')
const app = findPackedApps(path.join(root, 'dist'))[0]
// A stand-in's binary is a few hundred bytes, Electron's over a hundred megabytes (on macOS, in its framework).
if (!app || (app.platform !== 'darwin' && statSync(app.binary).size < 1_000_000)) {
  console.error('There is no packaged app here that could run: npm run package -- --dir --inspectable')
  process.exit(77)
}

const userData = mkdtempSync(path.join(tmpdir(), 'asteroid-files-smoke-'))
const electron = await _electron.launch({
  executablePath: executableOf(app),
  // Playwright turns the sandbox off on Linux where it is not asked for; what is shipped runs in it.
  chromiumSandbox: process.getuid?.() !== 0,
  args: [`--user-data-dir=${userData}`],
  timeout: 60_000,
})
try {
  const page = await electron.firstWindow()
  await page.getByRole('button', { name: 'Explore a sample run' }).click()
  await expect(page.getByRole('treegrid')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('row', { name: /workspace/ }).first()).toBeVisible({ timeout: 30_000 })
  const { version, packaged } = await electron.evaluate(({ app: main }) => ({
    version: main.getVersion(),
    packaged: main.isPackaged,
  }))
  console.log(`Asteroid Files ${version} started${packaged ? ', packaged,' : ''} and opened the sample run.`)
} finally {
  await electron.close()
  rmSync(userData, { recursive: true, force: true })
}

function executableOf(packed: PackedApp): string {
  if (packed.platform !== 'darwin') return packed.binary
  const binary = path.join(packed.root, 'Contents', 'MacOS', 'Asteroid Files')
  if (!existsSync(binary)) throw new Error(`${binary} is missing.`)
  return binary
}
