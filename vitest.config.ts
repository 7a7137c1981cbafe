import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: 'tools/own-temporary-folder.mjs',
    testTimeout: 30_000,
  },
})
