import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from '../fixtures.ts'
import { startFaultyApi } from './faulty-api.ts'
import { exploreSample } from './files-view.ts'

/** Waits until the window has been drawn as it is now: colours of two themes at once are nobody's fault. */
function painted(window: Page): Promise<void> {
  return window.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}

/** What axe finds on the screen as it is, in the light theme and in the dark one. */
async function faults(window: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await painted(window)
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze()
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${colorScheme} ${id}: ${node.html.slice(0, 160)}`)),
    )
  }
  return found
}

test('axe finds nothing on any screen, in either theme', async ({ app: { window } }) => {
  test.setTimeout(180_000)
  await expect(window.getByLabel('API key')).toBeVisible()
  expect(await faults(window), 'welcome').toEqual([])

  const { row, transfers, search } = await exploreSample(window)
  await row('invoices.csv').click()
  await expect(window.getByRole('complementary').getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  expect(await faults(window), 'a file').toEqual([])

  await row('workspace').click()
  await row('shared').click({ modifiers: ['Shift'] })
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done/)).toBeVisible()
  await transfers.getByRole('button', { name: /^Files of/ }).click()
  expect(await faults(window), 'a selection and transfers').toEqual([])
  await window.keyboard.press('Control+j')

  await search.fill('size:>lots')
  await expect(window.getByRole('alert')).toBeVisible()
  expect(await faults(window), 'a faulty query').toEqual([])
  await search.fill('no-such-name')
  await expect(window.getByText('No file matches.')).toBeVisible()
  expect(await faults(window), 'nothing matches').toEqual([])
  await search.fill('')

  await row('invoices.csv').click({ button: 'right' })
  await expect(window.getByRole('menu')).toBeVisible()
  expect(await faults(window), 'a context menu').toEqual([])
  await window.keyboard.press('Escape')

  for (const [keys, name] of [
    ['Control+k', 'Command palette'],
    ['Control+,', 'Settings'],
    ['Control+/', 'Keyboard shortcuts'],
  ] as const) {
    await window.keyboard.press(keys)
    await expect(window.getByRole('dialog', { name })).toBeVisible()
    expect(await faults(window), name).toEqual([])
    await window.keyboard.press('Escape')
    await expect(window.getByRole('dialog')).toBeHidden()
  }
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox').fill('about asteroid')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog', { name: 'Asteroid Files' })).toBeVisible()
  expect(await faults(window), 'about').toEqual([])
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toBeHidden()
  await window.getByRole('button', { name: 'Sign in' }).click()
  await expect(window.getByRole('dialog', { name: 'Sign in' })).toBeVisible()
  expect(await faults(window), 'sign in').toEqual([])
})

test('axe finds nothing where there are no files, and in a narrow window', async ({ launch }) => {
  test.setTimeout(120_000)
  const api = await startFaultyApi()
  try {
    const id = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${id}`] })
    await expect(window.getByText('This run has no files')).toBeVisible()
    expect(await faults(window), 'an empty run').toEqual([])
    api.answer({ status: 401, body: 'no' })
    const open = window.getByRole('textbox', { name: 'Open a run' }).first()
    await open.fill(id.replace('1b', '2b'))
    await open.press('Enter')
    await expect(window.getByRole('alert')).toContainText('Your key was refused')
    expect(await faults(window), 'a refused key').toEqual([])
    await window.setViewportSize({ width: 720, height: 480 })
    // The panes give way at the next frame; until then the key would be about the wide window's pane.
    await expect(window.getByRole('navigation', { name: 'Runs' })).toBeHidden()
    await window.keyboard.press('Control+b')
    await expect(window.getByRole('navigation', { name: 'Runs' })).toBeVisible()
    expect(await faults(window), 'a pane over the files').toEqual([])
  } finally {
    api.close()
  }
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
