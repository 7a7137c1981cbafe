import { expect, type Locator } from '@playwright/test'
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
