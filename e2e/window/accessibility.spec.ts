import { expect, type Page } from '@playwright/test'
import { axeFaults } from '../axe-faults.ts'
import { test } from '../fixtures.ts'
import { listingOf, startFaultyApi } from './faulty-api.ts'
import { exploreSample, filesView } from './files-view.ts'
import { seeDialogs, seeNarrow, seeProblems, seeSample, seeTransfers } from './screens.ts'

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'

const collect = (found: string[]) => async (window: Page, screen: string) => {
  found.push(...(await axeFaults(window)).map((fault) => `${screen}: ${fault}`))
}

for (const [screens, see] of Object.entries({
  'a run and what is done in it': seeSample,
  'any dialog': seeDialogs,
  'any problem, an empty run, or one on its way': seeProblems,
  'downloads in any state': seeTransfers,
  'a narrow window and what lies over its files': seeNarrow,
}))
  test(`axe finds nothing on ${screens}, in either theme and with forced colours`, async ({ launch, folder }) => {
    test.setTimeout(400_000)
    const found: string[] = []
    await see({ launch, folder }, collect(found))
    expect(found).toEqual([])
  })

test('with forced colours, what is selected, in focus, on and done is told by lines and shapes', async ({
  app: { window },
}) => {
  await window.emulateMedia({ forcedColors: 'active' })
  const { row, details } = await exploreSample(window)
  const ground = (name: string) => row(name).evaluate((element) => getComputedStyle(element).backgroundColor)
  await row('invoices.csv').click()
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  const highlight = await window.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('p'))
    probe.style.cssText = 'forced-color-adjust: none; background: Highlight'
    const { backgroundColor } = getComputedStyle(probe)
    probe.remove()
    return backgroundColor
  })
  await expect.poll(() => ground('invoices.csv')).toBe(highlight)
  expect(await ground('invoices.json')).not.toBe(highlight)
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('Control+ArrowDown')
  const focused = row('invoices.jsonl')
  await expect.poll(() => focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
  const run = window.getByRole('button', { name: /Collect supplier/ })
  expect(await run.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none')

  await window.keyboard.press('Control+k')
  const option = window.getByRole('option', { selected: true })
  expect(await option.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none')
  const dialog = window.getByRole('dialog').locator('..')
  expect(await dialog.evaluate((element) => getComputedStyle(element).borderStyle)).toBe('solid')
})

test('reduced motion stops all that moves', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    api.answer('silence')
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    await expect(window.getByText('Asking for the run’s files…')).toBeVisible()
    const moving = () =>
      window.evaluate(
        () =>
          document
            .getAnimations()
            .filter(({ effect, playState }) => playState === 'running' && effect?.getTiming().iterations === Infinity)
            .length,
      )
    await window.emulateMedia({ reducedMotion: 'no-preference' })
    await expect.poll(moving).toBeGreaterThan(0)
    await window.emulateMedia({ reducedMotion: 'reduce' })
    await expect.poll(moving).toBe(0)
  } finally {
    api.close()
  }
})

test('the path above the files leads to each of its folders, by keyboard too', async ({ app: { window } }) => {
  const { row, active, search } = await exploreSample(window)
  await search.fill('invoice type:pdf')
  await row('INV-').click()
  const path = window.getByRole('navigation', { name: 'Path' })
  await expect(path.getByRole('button')).toHaveText(['downloads', 'invoices', /^\d{4}-\d\d$/])
  await path.getByRole('button', { name: 'invoices' }).focus()
  await window.keyboard.press('Enter')
  await expect.poll(active).toBe('downloads/invoices')
  await expect(window.getByRole('treegrid')).toBeFocused()
  await path.getByRole('button', { name: 'downloads' }).click()
  await expect.poll(active).toBe('downloads')
  await expect(row('downloads')).toHaveAttribute('aria-selected', 'true')
  await expect(path).toBeHidden()
})

test('of a long path, the folders between share one place, whose menu leads to each', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    api.answer(listingOf(executionId, ['one/two/three/four/five/a.txt']))
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    const { search, row, active } = filesView(window)
    await search.fill('a.txt')
    await row('a.txt').click()
    const path = window.getByRole('navigation', { name: 'Path' })
    await expect(path.getByRole('button')).toHaveText(['workspace', '…', 'four', 'five'])
    await path.getByRole('button', { name: 'Folders between' }).click()
    await expect(window.getByRole('menuitem')).toHaveText(['one', 'two', 'three'])
    await window.getByRole('menuitem', { name: 'two' }).click()
    await expect.poll(active).toBe('workspace/one/two')
    await expect(window.getByRole('treegrid')).toBeFocused()
  } finally {
    api.close()
  }
})

test('Escape closes a pane that lies over the files, and leaves the selection', async ({ app: { window } }) => {
  await window.setViewportSize({ width: 720, height: 480 })
  const { row, details, counts } = await exploreSample(window)
  await row('uploads').click()
  await expect(counts).toContainText('1 selected')
  await window.keyboard.press('Control+i')
  await expect(details).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(details).toBeHidden()
  await expect(counts).toContainText('1 selected')
  await expect(window.getByRole('treegrid')).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(counts).not.toContainText('selected')
})

test('all of it fits at 720 × 480, and at 200 % zoom', async ({ app: { window } }) => {
  const { row } = await exploreSample(window)
  for (const size of [
    { width: 720, height: 480 },
    { width: 600, height: 380 },
  ]) {
    await window.setViewportSize(size)
    await expect(row('uploads')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Download all' })).toBeInViewport({ ratio: 1 })
    await expect(window.getByRole('button', { name: 'Transfers' })).toBeInViewport({ ratio: 1 })
    const overflow = await window.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await row('uploads').click()
    await window.keyboard.press('Control+i')
    await expect(window.getByRole('complementary', { name: 'Details' })).toBeInViewport({ ratio: 1 })
    await window.keyboard.press('Control+i')
    await expect(window.getByRole('complementary', { name: 'Details' })).toBeHidden()
  }
})

test('the filters stay in reach between two panes, and what is said of a search covers no file', async ({
  app: { window },
}) => {
  const { row, search, tree } = await exploreSample(window)
  await window.setViewportSize({ width: 900, height: 620 })
  await search.fill('invoices type:moon')
  const note = window.getByRole('status').filter({ hasText: 'moon' })
  await expect(note).toBeVisible()
  for (const name of ['Directory', 'Type', 'Created by', 'Show matches as a flat list', 'Clear search and filters'])
    await window.getByRole('search').getByRole('button', { name, exact: true }).click({ trial: true })
  const bottom = (await note.boundingBox()) ?? { y: 0, height: 0 }
  expect(bottom.y + bottom.height).toBeLessThanOrEqual((await tree.boundingBox())?.y ?? 0)
  await expect(tree.getByRole('columnheader', { name: 'Size' })).toBeVisible()

  // In the files, Escape first lets go of the selection, and then of the search.
  await search.fill('invoices.csv')
  await row('invoices.csv').click()
  await window.keyboard.press('Escape')
  await expect(tree.locator('[aria-selected="true"]')).toHaveCount(0)
  await expect(search).toHaveValue('invoices.csv')
  await window.keyboard.press('Escape')
  await expect(search).toHaveValue('')
  await expect(row('uploads')).toBeVisible()
})

test('every control is reached and left by Tab', async ({ app: { window } }) => {
  await exploreSample(window)
  await window.locator('body').click({ position: { x: 600, y: 20 } })
  const reached: string[] = []
  for (let presses = 0; presses < 60; presses++) {
    await window.keyboard.press('Tab')
    const name = await window.evaluate(() => {
      const { activeElement } = document
      const label = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
      return `${activeElement?.getAttribute('role') ?? activeElement?.tagName.toLowerCase()} ${label.trim()}`
    })
    reached.push(name)
  }
  for (const name of [
    'input Open a run',
    'separator Width of runs',
    'button Refresh',
    'button Download all',
    'input Search the run’s files',
    'treegrid Files',
    'button Name',
    'separator Width of details',
    'button Transfers',
  ]) {
    expect(reached).toContain(name)
  }
})

test('the keyboard is in the files once a run has been opened, and is never left nowhere by a button that goes away', async ({
  app: { window },
}) => {
  const { tree, search, row } = await exploreSample(window)
  const runs = window.getByRole('navigation', { name: 'Runs' })
  await runs.getByRole('button', { name: /Watch product prices/ }).click()
  await expect(row('progress.json')).toBeVisible()
  await expect(tree).toBeFocused()
  const open = runs.getByRole('textbox', { name: 'Open a run' })
  await open.fill('5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11')
  await open.press('Enter')
  await expect(row('invoices.csv')).toBeVisible()
  await expect(tree).toBeFocused()

  await search.fill('csv')
  await window.getByRole('button', { name: 'Clear search', exact: true }).click()
  await expect(search).toBeFocused()
  await search.fill('no-such-name')
  await window.getByText('No file matches.').locator('..').getByRole('button', { name: 'Clear search' }).click()
  await expect(row('invoices.csv')).toBeVisible()
  await expect(tree).toBeFocused()
})
