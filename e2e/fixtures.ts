import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type LaunchedApp, type LaunchOptions, launchApp } from './launch-app.ts'

/** No test asks the network or a person's keychain, where keys are kept by the API's address. */
const isolated = {
  ASTEROID_BASE_URL: 'http://127.0.0.1:9/agents/v2',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
}

export type Fixtures = {
  /** A fresh folder of this test's own, with `profile` and `home` in it. */
  readonly folder: string
  /** Starts the app in the test's folder; it may be started again there. Every one is ended after the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<LaunchedApp>
  /** The app, started once. */
  readonly app: LaunchedApp
}

/** Playwright's `test` with the app: a fresh profile each, and red when the host was asked for what it lacks. */
export const test = base.extend<Fixtures>({
  folder: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-e2e-'))
    for (const name of ['profile', 'home/Downloads', 'home/Desktop'])
      mkdirSync(path.join(folder, name), { recursive: true })
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ folder }, use, testInfo) => {
    const launched: LaunchedApp[] = []
    await use(async (options = {}) => {
      const env = { ...isolated, HOME: path.join(folder, 'home'), ...options.env }
      const app = await launchApp({ profile: path.join(folder, 'profile'), ...options, env })
      testInfo.annotations.push({ type: 'runtime', description: app.runtime })
      launched.push(app)
      return app
    })
    await Promise.all(launched.map((app) => app.kill()))
    expect(launched.flatMap((app) => app.missing())).toEqual([])
  },
  app: async ({ launch }, use) => use(await launch()),
})
