import { expect } from '@playwright/test'
import { startSample } from '../src/core/sample/sample.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'

async function sampleRun({ window }: LaunchedApp): Promise<string> {
  const [finished] = await ask(window, 'sample:list', undefined)
  return finished?.executionId ?? ''
}

/** The runs that the window has opened, newest first. */
function opened({ window }: LaunchedApp) {
  return expect.poll(async () => (await ask(window, 'recents:list', undefined)).map((recent) => recent.executionId))
}

test('a run that the app is started with is opened', async ({ launch }) => {
  const sample = await startSample({ key: 'a-key-for-this-test' })
  try {
    const executionId = sample.runs[0]?.executionId ?? ''
    const app = await launch({
      args: [`asteroid-files://executions/${executionId}`],
      env: { ASTEROID_BASE_URL: sample.base, ASTEROID_API_KEY: sample.key },
    })
    await opened(app).toEqual([executionId])
  } finally {
    await sample.close()
  }
})

test('a second start hands its run to the first, and brings its window up', async ({ app }) => {
  const executionId = await sampleRun(app)
  await app.evaluate(
    ({ app: electronApp, BrowserWindow }, argv) => {
      BrowserWindow.getAllWindows()[0]?.minimize()
      electronApp.emit('second-instance', {}, argv)
    },
    ['--sample', `--execution=${executionId}`],
  )
  await opened(app).toEqual([executionId])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(false)
})

test('a link that names no run changes nothing', async ({ app }) => {
  await app.evaluate(({ app: electronApp }) => {
    for (const url of ['asteroid-files://settings', 'asteroid-files://executions/../../x', 'file:///etc/passwd'])
      electronApp.emit('open-url', { preventDefault() {} }, url)
  })
  await opened(app).toEqual([])
})

test('a window that is loaded anew leaves nothing open of before, and takes the next run', async ({ app }) => {
  const executionId = await sampleRun(app)
  const { listing } = await ask(app.window, 'listing:open', { executionId, source: 'sample' })
  await app.window.reload()
  await expect(app.window.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(ask(app.window, 'listing:rows', { listing, from: 0, to: 1 })).rejects.toThrow('has been closed')
  await app.evaluate(
    ({ app: electronApp }, argv) => {
      electronApp.emit('second-instance', {}, argv)
    },
    ['--sample', `--execution=${executionId}`],
  )
  await expect(app.window.getByRole('treegrid')).toBeVisible()
})
