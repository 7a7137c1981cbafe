import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { projectFolder } from './launch-app.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test('a tour of a run that can’t be opened ends with what the window says', async ({ folder }) => {
  const tour = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${projectFolder}/tools/headless-tour.ts`, `--execution=${executionId}`],
    {
      cwd: folder,
      env: { ...process.env, ASTEROID_API_KEY: 'key-of-a-test', ASTEROID_BASE_URL: 'http://127.0.0.1:9/agents/v2' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const [said, [status]] = await Promise.all([text(tour.stderr), once(tour, 'exit')])
  expect(status).toBe(1)
  expect(said).toContain('Asteroid can’t be reached.')
  expect(said).not.toContain('Timeout')
})
