import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { exploreSample } from './files-view.ts'

test('through any search, details, selection and Download are about the same files, and none that is hidden', async ({
  app: { window },
  folder,
}) => {
  const { row, search, details, counts, tree } = await exploreSample(window)
  const heading = details.getByRole('heading', { level: 3 })
  const files = details
    .getByRole('term')
    .filter({ hasText: /^Files$/ })
    .locator('..')
  const selected = tree.locator('[aria-selected=true]')
  const download = details.getByRole('button', { name: 'Download', exact: true })
  const downloads = path.join(folder, 'home', 'Downloads')

  await row('workspace').click()
  await expect(heading).toHaveText('workspace')
  await expect(files).toContainText('43')
  await expect(counts).toContainText('1 selected')

  await search.fill('zzzz')
  await expect(window.getByText('No file matches.')).toBeVisible()
  await expect(counts).not.toContainText('selected')
  await expect(heading).toHaveCount(0)
  await expect(download).toHaveCount(0)
  await window.keyboard.press('Control+s')

  await search.fill('-invoices')
  await expect(row('workspace')).toBeVisible()
  await expect(selected).toHaveCount(0)
  await expect(counts).not.toContainText('selected')
  // Nothing is selected, so that all is about the row in focus: the first.
  await expect(heading).toHaveText('uploads')
  await row('workspace').click()
  await expect(heading).toHaveText('workspace')
  await expect(files).toContainText(/more hidden by the filter/)
  await expect(counts).toContainText('1 selected')
  await download.click()
  const shown = Number(/\d+/.exec((await files.locator('dd [data-selectable]').textContent()) ?? '')?.[0])
  await expect.poll(() => filesIn(downloads).length).toBe(shown)
  expect(readdirSync(downloads)).toEqual(['workspace'])
  expect(filesIn(downloads).filter((name) => name.includes('invoices'))).toEqual([])

  await search.fill('')
  await expect(row('invoices.csv')).toBeVisible()
  await expect(row('invoices.csv')).toHaveAttribute('aria-selected', 'false')
  await expect(row('workspace')).toHaveAttribute('aria-selected', 'false')
  await expect(heading).toHaveText(`${shown} files`)
  await expect(counts).toContainText(`${shown} selected`)
})

test('a file that a search hides is let go of: nothing brings it any more', async ({ app: { window }, folder }) => {
  const { row, search, details, counts } = await exploreSample(window)
  await row('invoices.csv').click()
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  await search.fill('suppliers')
  await expect(counts).toContainText('of 110 files')
  await expect(counts).not.toContainText('selected')
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toHaveCount(0)
  // A row of the results has the focus, and so it is what is shown, and brought.
  const named = (await details.getByRole('heading', { level: 3 }).textContent()) ?? ''
  await window.keyboard.press('Control+s')
  const downloads = path.join(folder, 'home', 'Downloads')
  await expect.poll(() => readdirSync(downloads)).toEqual([named])
  expect(filesIn(downloads).filter((name) => name.includes('invoices'))).toEqual([])
})

function filesIn(folder: string): readonly string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found.filter((each) => each.isFile()).map(({ name }) => name)
}
