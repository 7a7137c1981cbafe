import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { ask } from '../bridge.ts'
import { type LaunchedApp, launchApp } from '../launch-app.ts'
import { executionId, type ServedFile, startRunServer } from './run-server.ts'

/** The app with a run open whose files are these. */
export type PreviewedRun = {
  readonly app: LaunchedApp
  readonly server: Awaited<ReturnType<typeof startRunServer>>
  /** Selects a file; answers its preview in the details. */
  readonly show: (name: string) => Promise<Locator>
  readonly close: () => Promise<void>
}

/** Opens such a run for all tests of a `describe`, since a launch takes longer than fifty previews; answers it to each. */
export function previewedRun(files: readonly ServedFile[]): () => PreviewedRun {
  let run: PreviewedRun | null = null
  let folder = ''
  test.beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-previews-'))
    for (const name of ['profile', 'home']) mkdirSync(path.join(folder, name), { recursive: true })
    run = await openPreviewedRun(folder, files)
  })
  test.afterAll(async () => {
    await run?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return () => {
    if (!run) throw new Error('The run is opened before the first test, and not while tests are collected.')
    return run
  }
}

/** Opens such a run with a profile and a home in `folder`, where both folders are. */
export async function openPreviewedRun(folder: string, files: readonly ServedFile[]): Promise<PreviewedRun> {
  const server = await startRunServer(files)
  const env = { HOME: `${folder}/home`, ASTEROID_BASE_URL: server.url, ASTEROID_API_KEY: 'corpus-key' }
  const app = await launchApp({ profile: `${folder}/profile`, env })
  const { window } = app
  await window.setViewportSize({ width: 1400, height: 900 })
  await window.getByLabel('Open a run').or(window.getByPlaceholder('Open a run: id or link')).first().fill(executionId)
  await window.keyboard.press('Enter')
  const tree = window.getByRole('treegrid')
  await tree.waitFor()
  await ask(window, 'settings:change', { stageFileLimit: 0 })

  return {
    app,
    server,
    async show(name) {
      const search = window.getByRole('searchbox').first()
      await search.fill(`name:"${name}"`)
      await tree.getByText(name, { exact: true }).first().click()
      const preview = window.getByRole('region', { name: 'Preview' })
      await expect(window.getByRole('complementary').getByRole('heading', { name, exact: true })).toBeVisible()
      return preview
    },
    async close() {
      await app.kill()
      server.close()
    },
  }
}
