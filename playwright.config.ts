import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tools/own-temporary-folder.mjs',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // As `npm test` does, which names what passed only at the second try. Elsewhere a race is to be seen at once.
  retries: process.env.CI === undefined ? 0 : 1,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
})
