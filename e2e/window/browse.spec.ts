import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { settingsSchema } from '../../src/shared/models/settings.ts'
import { test } from '../fixtures.ts'
import { exploreSample, filesView } from './files-view.ts'

test('a first start leads to a sample run, and a file of it is looked at', async ({ app: { window } }) => {
  await expect(window.getByRole('heading', { name: 'See what your agent left behind' })).toBeVisible()
  await expect(window.getByLabel('API key')).toBeVisible()
  const { row, details, names } = await exploreSample(window)
  const top = (await names()).filter((name) => ['uploads', 'downloads', 'workspace', 'shared', 'debug'].includes(name))
  expect(top).toEqual(['uploads', 'downloads', 'workspace', 'shared', 'debug'])

  await row('invoices.csv').click()
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  for (const field of [
    'Size',
    'Type',
    'Modified',
    'Created',
    'Created by',
    'Directory',
    'Path',
    'File id',
    'Agent',
    'Run',
  ]) {
    await expect(details.getByRole('term').filter({ hasText: new RegExp(`^${field}$`) })).toBeVisible()
  }
  await row('workspace').click()
  await expect(details.getByRole('heading', { name: 'workspace' })).toBeVisible()
  await expect(details.getByText('43', { exact: true })).toBeVisible()
})

test('the tree is walked by keyboard alone, and tells where it is', async ({ app: { window } }) => {
  const { tree, row, active } = await exploreSample(window)
  await row('uploads').click()
  await window.keyboard.press('Home')
  await window.keyboard.press('ArrowDown')
  await expect.poll(active).toBe('uploads/templates')
  const templates = row('templates')
  await expect(templates).toHaveAttribute('aria-expanded', 'false')
  await expect(templates).toHaveAttribute('aria-level', '2')
  await expect(templates).toHaveAttribute('aria-posinset', '1')
  await expect(templates).toHaveAttribute('aria-setsize', '3')
  await expect(templates).toHaveAttribute('aria-selected', 'true')
  await window.keyboard.press('ArrowRight')
  await expect(templates).toHaveAttribute('aria-expanded', 'true')
  await window.keyboard.press('ArrowRight')
  await expect.poll(active).toMatch(/^uploads\/templates\//)
  await window.keyboard.press('ArrowLeft')
  await expect.poll(active).toBe('uploads/templates')
  await window.keyboard.press('ArrowLeft')
  await expect(templates).toHaveAttribute('aria-expanded', 'false')
  await window.keyboard.type('invoices.x')
  await expect.poll(active).toBe('workspace/invoices.xlsx')
  await window.keyboard.press('End')
  await expect.poll(active).toBe('debug/trace.bin')
  const count = Number(await tree.getAttribute('aria-rowcount'))
  await expect(row('trace.bin')).toHaveAttribute('aria-rowindex', String(count))
})

test('Enter right after the last letter of a search selects the first match, not the row that was first before', async ({
  app: { window },
}) => {
  const { search, row, active, tree } = await exploreSample(window)
  await search.focus()
  await window.keyboard.type('voicemail')
  await window.keyboard.press('Enter')
  await expect(tree).toBeFocused()
  await expect(row('uploads')).toHaveCount(0)
  await expect.poll(active).toBe('downloads')
  await expect(row('downloads')).toHaveAttribute('aria-selected', 'true')
})

test('files are searched, filtered and sorted, and a faulty query is told under the field', async ({ app }) => {
  const { window } = app
  const { search, row, names, counts, tree } = await exploreSample(window)
  await window.keyboard.press('Control+f')
  await expect(search).toBeFocused()
  await window.keyboard.type('voicemail')
  await expect(counts).toContainText('of 110 files')
  await expect(tree.locator('mark').first()).toHaveText(/voicemail/i)
  // A folder tells how many of its files match, and how large those are.
  const file = tree.getByRole('row', { name: /voicemail/i })
  await expect(file).toHaveCount(1)
  await expect(row('downloads')).toContainText(/1 of \d+ files/)
  expect(await sizeOf(row('downloads'))).toBe(await sizeOf(file))
  await search.fill('size:>lots')
  await expect(window.getByRole('alert')).toContainText('size:>lots')
  await search.fill('type:nonsense')
  const note = window.getByRole('search').getByRole('status')
  await expect(note).toContainText(/^type:nonsense There is no such type\. This run has .*image.* and /)
  await expect(window.getByRole('alert')).toBeHidden()
  const said = await note.evaluateHandle((element) => {
    const all: (string | null)[] = []
    const saying = () => all.push(element.textContent)
    new MutationObserver(saying).observe(element, { subtree: true, childList: true, characterData: true })
    return all
  })
  await search.fill('by:nobody')
  await expect(note).toContainText('by:nobody Nobody of that name made a file here.')
  // A term is never said to be what another was found to be.
  for (const words of await said.jsonValue()) expect(words).not.toMatch(/^by:.*no such type/)
  await search.fill('no-such-name')
  await expect(note).toBeHidden()
  await expect(window.getByText('No file matches.')).toBeVisible()
  await window.getByRole('button', { name: 'Clear search and filters' }).last().click()
  await expect(counts).not.toContainText('of 110 files')
  await expect(search).toHaveValue('')

  const chips = window.getByRole('search')
  await chips.getByRole('button', { name: 'Type', exact: true }).click()
  await window.getByRole('menuitem', { name: 'Image' }).click()
  await window.keyboard.press('Escape')
  await expect(chips.getByRole('button', { name: 'Type: Image' })).toBeVisible()
  await expect(counts).toContainText('of 110 files')
  await chips.getByRole('button', { name: 'Show matches as a flat list' }).click()
  await expect.poll(async () => (await names()).every((name) => /\.(png|svg|jpg|gif|webp)$/i.test(name))).toBe(true)
  await chips.getByRole('button', { name: 'Clear search and filters' }).click()

  await tree.getByRole('button', { name: 'Size' }).click()
  await expect(tree.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
  await expect(row('uploads')).toBeVisible()
  // The heading tells the order at once, and the rows follow.
  await expect.poll(async () => (await names()).find((name) => name.startsWith('invoices.'))).toBe('invoices.json')
})

test('rows are selected one, several, all; actions and the context menu are about them', async ({
  app: { window },
}) => {
  const { row, counts, details } = await exploreSample(window)
  await row('invoices.csv').click()
  await row('invoices.tsv').click({ modifiers: ['Shift'] })
  await expect(counts).toContainText('4 selected')
  await row('invoices.json').click({ modifiers: ['ControlOrMeta'] })
  await expect(counts).toContainText('3 selected')
  await expect(details.getByRole('heading', { name: '3 files' })).toBeVisible()
  await row('invoices.csv').click({ button: 'right' })
  const menu = window.getByRole('menu', { name: 'Actions' })
  await expect(menu.getByRole('menuitem', { name: 'Download as ZIP…' })).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(window.getByRole('treegrid')).toBeFocused()
  await window.keyboard.press('Shift+F10')
  await expect(menu.getByRole('menuitem', { name: /^Download/ }).first()).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(window.getByRole('treegrid')).toBeFocused()
  await window.keyboard.press('Control+a')
  await expect(counts).toContainText(/\d+ selected, 201 MB/)
  await window.keyboard.press('Escape')
  await expect(counts).not.toContainText('selected')
})

test('columns are moved and hidden, and stay so after a restart', async ({ launch, folder }) => {
  // Wide enough that none of them gives way to the names.
  const wide = { width: 1_600, height: 900 }
  const first = await launch()
  await first.window.setViewportSize(wide)
  const { tree } = await exploreSample(first.window)
  const heads = () => tree.getByRole('columnheader').allInnerTexts()
  await tree.getByRole('button', { name: 'Type' }).dragTo(tree.getByRole('button', { name: 'Size' }))
  await expect.poll(heads).toEqual(['Name', 'Type', 'Size', 'Modified', 'Created by'])
  await tree.getByRole('columnheader', { name: 'Created by' }).click({ button: 'right' })
  await first.window.getByRole('menuitem', { name: /Created by/ }).click()
  await expect(tree.getByRole('columnheader', { name: 'Created by' })).toBeHidden()
  await expect.poll(() => storedColumn(folder, 'createdBy')).toMatchObject({ shown: false })
  await first.kill()

  const { window: second } = await launch()
  await second.setViewportSize(wide)
  await recentRun(second, /Collect supplier invoices/).click()
  await expect(filesView(second).row('uploads')).toBeVisible()
  expect(await second.getByRole('columnheader').allInnerTexts()).toEqual(['Name', 'Type', 'Size', 'Modified'])
})

test('a column’s width, set by its edge and its menu, stays over a refresh and a restart', async ({
  launch,
  folder,
}) => {
  const wide = { width: 1_600, height: 900 }
  const first = await launch()
  await first.window.setViewportSize(wide)
  const { tree, row } = await exploreSample(first.window)
  const head = tree.getByRole('columnheader', { name: 'Size' })
  const before = await widthOf(head)
  const edge = await head.locator('[aria-hidden]').last().boundingBox()
  if (!edge) throw new Error('The column has no edge.')
  const [x, y] = [edge.x + edge.width / 2, edge.y + edge.height / 2]
  await first.window.mouse.move(x, y)
  await first.window.mouse.down()
  // Several moves: the edge goes along, and what is then below the pointer must not be dragged instead.
  for (const moved of [5, 20, 45]) await first.window.mouse.move(x - moved, y)
  await first.window.mouse.up()
  await expect.poll(() => widthOf(head)).toBe(before + 45)
  await head.click({ button: 'right' })
  await first.window.getByRole('menuitem', { name: 'Make column wider' }).click()
  await expect.poll(() => widthOf(head)).toBeGreaterThan(before + 45)
  const set = await widthOf(head)
  await first.window.keyboard.press('Control+r')
  await expect(row('uploads')).toBeVisible()
  expect(await widthOf(head)).toBe(set)
  // Cells stand below their heads.
  expect(await widthOf(row('uploads').getByRole('gridcell').nth(1))).toBe(set)
  await expect.poll(() => storedColumn(folder, 'size')).toMatchObject({ width: set })
  await first.kill()

  const { window: second } = await launch()
  await second.setViewportSize(wide)
  await recentRun(second, /Collect supplier invoices/).click()
  await expect(filesView(second).row('uploads')).toBeVisible()
  expect(await widthOf(second.getByRole('columnheader', { name: 'Size' }))).toBe(set)
})

test('palette, settings and recent runs work by keyboard', async ({ app: { window } }) => {
  const { row } = await exploreSample(window)
  await row('uploads').click()
  await window.keyboard.press('Control+k')
  const palette = window.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill('settings')
  await window.keyboard.press('Enter')
  const settings = window.getByRole('dialog', { name: 'Settings' })
  await settings.getByLabel('Theme').selectOption('Dark')
  // Limits are whole megabytes: the field shows what is kept, and not what was typed.
  const limit = settings.getByLabel(/a file .*up to$/)
  const kept = await limit.inputValue()
  for (const key of ['Enter', 'Tab']) {
    await limit.fill(`${kept}.2`)
    await limit.press(key)
    await expect(limit).toHaveValue(kept)
  }
  await limit.fill(' 25 ')
  await limit.press('Enter')
  await expect(limit).toHaveValue('25')
  await limit.fill('some')
  await limit.press('Enter')
  await expect(settings.getByText(/a number of megabytes; 0 for never/i)).toBeVisible()
  await expect(limit).toHaveValue('some')
  await limit.fill('25')
  await limit.press('Enter')
  await expect(settings.getByText(/a number of megabytes; 0 for never/i)).toBeHidden()
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await window.keyboard.press('Escape')
  await expect(settings).toBeHidden()
  await expect(window.getByRole('treegrid')).toBeFocused()

  await window.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('appearance')
  await expect(palette.getByRole('option', { name: 'Light theme' })).toBeVisible()
  await expect(palette.getByRole('option', { name: 'Dark theme' })).toBeHidden()
  await palette.getByRole('combobox').fill('light')
  await window.keyboard.press('Enter')
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'light')

  const runs = window.getByRole('navigation', { name: 'Runs' })
  await runs.getByRole('button', { name: /Collect supplier invoices/ }).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Pin' }).click()
  await expect(runs.getByRole('region', { name: 'Pinned' })).toContainText('Collect supplier invoices')
  await window.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('clear recent')
  await window.keyboard.press('Enter')
  await window.getByRole('dialog').getByRole('button', { name: 'Clear' }).click()
  await expect(runs.getByRole('region', { name: 'Pinned' })).toBeHidden()
  await window.keyboard.press('Control+b')
  await expect(runs).toBeHidden()
  await window.keyboard.press('Control+o')
  await expect(runs.getByRole('textbox', { name: 'Open a run' })).toBeFocused()
})

function recentRun(window: Page, name: RegExp): Locator {
  return window.getByRole('list', { name: 'Recent runs' }).getByRole('button', { name })
}

/** What a killed app leaves of a column: the settings in its memory are ahead of those on disk. */
function storedColumn(folder: string, name: string): unknown {
  const file = path.join(folder, 'profile', 'settings.json')
  const { layout } = settingsSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
  return layout.columns.find(({ column }) => column === name)
}

async function widthOf(element: Locator): Promise<number> {
  const box = await element.boundingBox()
  return Math.round(box?.width ?? 0)
}

/** What stands in a row's second column. */
async function sizeOf(row: Locator): Promise<string | null> {
  return row.getByRole('gridcell').nth(1).textContent()
}
