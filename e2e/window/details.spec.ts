import { appendFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { exploreSample } from './files-view.ts'

test('details tell every field of a file: its type as given and as found, and the copy on this computer', async ({
  app,
  folder,
}) => {
  const { row, details } = await exploreSample(app.window)
  await row('invoices.csv').click()
  const field = (label: string) =>
    details
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${label}$`) })
      .locator('..')
  await expect(field('Type')).toContainText('CSV table')
  await expect(field('Type')).toContainText('text/csv')
  await expect(field('Found')).toContainText('text/csv')
  await expect(field('Size')).toContainText(/\d kB/)
  await expect(field('Size')).toContainText(/[\d,]+ bytes/)
  for (const label of ['Modified', 'Created', 'Created by', 'Directory', 'Path', 'File id', 'Agent', 'Run'])
    await expect(field(label)).toBeVisible()
  await expect(field('On disk')).toBeHidden()

  await app.window.keyboard.press('Control+s')
  const place = path.join(folder, 'home', 'Downloads', 'invoices.csv')
  await expect(field('On disk')).toContainText('The same as in the run')
  await expect(field('On disk')).toContainText(place)
  await field('On disk').getByRole('button', { name: 'Show in folder' }).click()
  await expect(app.window.getByLabel('Notices')).not.toContainText('not on this computer')

  const lookAgain = async () => {
    await row('uploads').click()
    await expect(field('Files')).toBeVisible()
    await row('invoices.csv').click()
  }
  appendFileSync(place, 'mine')
  await lookAgain()
  await expect(field('On disk')).toContainText('Changed on this computer')
  rmSync(place)
  await lookAgain()
  await expect(field('On disk')).toContainText('No longer where it was saved')
})

test('a folder and a selection tell what they add up to; a folder also what takes the room', async ({ app }) => {
  const { row, details } = await exploreSample(app.window)
  const expectSummary = async () => {
    for (const label of ['Files', 'Size', 'Newest', 'Oldest'])
      await expect(details.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) })).toBeVisible()
    await expect(details.getByRole('region', { name: 'By type' }).getByRole('row').first()).toContainText(/file/)
  }
  await row('workspace').click()
  await expectSummary()
  const types = details.getByRole('region', { name: 'By type' }).getByRole('rowheader')
  await expect(types.filter({ hasText: 'Spreadsheet' })).toBeVisible()
  const map = details.getByRole('region', { name: 'What takes up space' })
  await expect(map).toBeVisible()
  await row('downloads').click({ modifiers: ['ControlOrMeta'] })
  await expect(details.getByRole('heading', { name: /^\d+ files$/ })).toBeVisible()
  await expectSummary()
})
