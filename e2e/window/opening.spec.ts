import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { listingOf, startFaultyApi } from './faulty-api.ts'
import { filesView } from './files-view.ts'

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'

test('while a run’s files are on their way, head and columns stand where they will', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    const { window } = await launch({ env: api.env })
    const { tree, row } = filesView(window)
    api.answer('silence')
    const open = window.getByRole('navigation', { name: 'Runs' }).getByRole('textbox', { name: 'Open a run' })
    await open.fill(executionId)
    await open.press('Enter')
    const waiting = window.getByRole('status').filter({ hasText: 'Asking for the run’s files' })
    const labels = ['Name', 'Size', 'Modified']
    const places = (within: typeof tree) =>
      Promise.all(
        labels.map((label) =>
          within.getByText(label, { exact: true }).evaluate((element) => {
            const words = document.createRange()
            words.selectNodeContents(element)
            const { x, y } = words.getBoundingClientRect()
            return { label: element.textContent, x, y }
          }),
        ),
      )
    await expect(waiting.getByText('Modified', { exact: true })).toBeVisible()
    const before = await places(waiting)
    api.answer(listingOf(executionId, ['a.txt', 'b.txt']))
    await expect(row('a.txt')).toBeVisible()
    expect(await places(tree.getByRole('rowgroup').first())).toEqual(before)
  } finally {
    api.close()
  }
})
