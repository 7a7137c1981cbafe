import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'
import { exploreSample, filesView } from './window/files-view.ts'

async function quit({ evaluate, ended }: LaunchedApp): Promise<void> {
  await evaluate(({ app }) => app.quit()).catch(() => {})
  expect(await ended).toBe(0)
}

async function openFinishedSample({ window }: LaunchedApp): Promise<string> {
  const [finished] = await ask(window, 'sample:list', undefined)
  const executionId = finished?.executionId ?? ''
  await ask(window, 'listing:open', { executionId, source: 'sample' })
  // A run is remembered once it has listed.
  await expect
    .poll(async () => (await ask(window, 'recents:list', undefined)).map((recent) => recent.executionId))
    .toContain(executionId)
  return executionId
}

test('settings, recent runs and the window’s place are there again after a restart', async ({ launch }) => {
  const first = await launch()
  await ask(first.window, 'settings:change', { theme: 'dark', layout: { detailsWidth: 444 } })
  const executionId = await openFinishedSample(first)
  await ask(first.window, 'recents:pin', { key: { executionId, source: 'sample' }, pinned: true })
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ width: 1000, height: 700 }))
  await quit(first)

  const second = await launch()
  expect(await ask(second.window, 'settings:get', undefined)).toMatchObject({
    theme: 'dark',
    layout: { detailsWidth: 444 },
  })
  expect(await ask(second.window, 'recents:list', undefined)).toMatchObject([
    { executionId, source: 'sample', pinned: true, label: expect.stringContaining('invoices') },
  ])
  const bounds = await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds).toMatchObject({ width: 1000, height: 700 })
  expect(await second.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
})

test('who comes back sees the recent runs first, the last one above, and the pitch of a first start no more', async ({
  launch,
}) => {
  const first = await launch()
  await openFinishedSample(first)
  await exploreSample(first.window)
  await first.window
    .getByRole('navigation', { name: 'Runs' })
    .getByRole('button', { name: /Watch product prices/ })
    .click()
  await expect(filesView(first.window).row('progress.json')).toBeVisible()
  await quit(first)

  const { window } = await launch()
  const start = window.getByRole('main')
  await expect(start.getByRole('heading', { level: 1 })).toHaveText('Recent runs')
  await expect(start.getByText('See what your agent left behind')).toBeHidden()
  await expect(start.getByRole('textbox', { name: 'Open a run' })).toBeVisible()
  const runs = start.getByRole('list', { name: 'Recent runs' }).getByRole('button')
  await expect(runs).toContainText([/Watch product prices.*Opened just now/, /Collect supplier invoices.*Finished/])
  await expect(start.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
  await runs.last().press('Enter')
  await expect(filesView(window).row('uploads')).toBeVisible()
  await expect(filesView(window).tree).toBeFocused()
})

test('recent runs can be removed one by one, and all at once', async ({ app }) => {
  const executionId = await openFinishedSample(app)
  expect(await ask(app.window, 'recents:remove', { executionId, source: 'account' })).toHaveLength(1)
  expect(await ask(app.window, 'recents:remove', { executionId, source: 'sample' })).toEqual([])
  await openFinishedSample(app)
  expect(await ask(app.window, 'recents:clear', undefined)).toEqual([])
  expect(await ask(app.window, 'recents:list', undefined)).toEqual([])
})

test('broken files of the profile do not keep the app from starting, and are kept aside', async ({
  launch,
  folder,
}) => {
  const profile = path.join(folder, 'profile')
  for (const name of ['settings.json', 'recents.json', 'window.json'])
    writeFileSync(path.join(profile, name), '{"theme": ')
  const { window } = await launch()
  expect(await ask(window, 'settings:get', undefined)).toMatchObject({ theme: 'system' })
  expect(await ask(window, 'recents:list', undefined)).toEqual([])
  for (const name of ['settings.json', 'recents.json', 'window.json'])
    expect(existsSync(path.join(profile, `${name}.broken`))).toBe(true)
})

test('the log tells how long each part of the start took', async ({ app, folder }) => {
  const executionId = await openFinishedSample(app)
  await app.evaluate(
    ({ app: electronApp }, argv) => electronApp.emit('second-instance', {}, argv),
    ['--sample', `--execution=${executionId}`],
  )
  const log = path.join(folder, 'profile', 'logs', 'main.log')
  const milestones = () =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((line) => line.message === 'Start-up')
      .map((line) => line.milestone)
  await expect.poll(milestones).toEqual(expect.arrayContaining(['main', 'ready', 'window-shown', 'first-rows']))
})

test('a run that is not found is not among the recent ones', async ({ app }) => {
  await ask(app.window, 'sample:list', undefined)
  const missing = { executionId: '00000000-0000-4000-8000-000000000000', source: 'sample' } as const
  const { listing } = await ask(app.window, 'listing:open', missing)
  expect((await ask(app.window, 'listing:refresh', { listing })).problem).toMatchObject({ kind: 'not-found' })
  expect(await ask(app.window, 'recents:list', undefined)).toEqual([])
  await openFinishedSample(app)
  await expect.poll(async () => (await ask(app.window, 'recents:list', undefined)).length).toBe(1)
})
