import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from '../fixtures.ts'
import { listingOf, startFaultyApi } from './faulty-api.ts'
import { filesView } from './files-view.ts'

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'
const names = ['reports/a.csv', 'reports/b.csv', 'reports/deep/c.csv', 'shots/one.png', 'shots/two.png', 'notes.txt']

test('a run is there again as it was left, dated, while nobody answers; and gone once recent runs are cleared', async ({
  launch,
  folder,
}) => {
  const api = await startFaultyApi()
  const kept = () => readdirSync(path.join(folder, 'profile', 'listings'))
  api.answer(listingOf(executionId, names))
  const first = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
  const before = filesView(first.window)
  await expect(before.counts).toContainText('6 files')
  await before.tree.getByRole('button', { name: 'Size' }).click()
  await expect(before.tree.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
  await before.row('reports').click()
  await first.window.keyboard.press('ArrowRight')
  await expect(before.row('reports')).toHaveAttribute('aria-expanded', 'true')
  await before.search.fill('-name:a.csv')
  await expect(before.counts).toContainText('5 of 6 files')
  await first.evaluate(({ app }) => app.quit()).catch(() => {})
  expect(await first.ended).toBe(0)
  expect(
    kept()
      .map((name) => path.extname(name))
      .toSorted(),
  ).toEqual(['.listing', '.view'])
  // Nothing listens there any more, as when the computer is offline.
  api.close()

  const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
  const { tree, row, counts, search } = filesView(window)
  await expect(counts).toContainText('5 of 6 files')
  await expect(search).toHaveValue('-name:a.csv')
  await expect(tree.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
  await expect(window.getByRole('note')).toContainText('These files were listed')
  await search.fill('')
  await expect(row('a.csv')).toBeVisible()
  await expect(row('reports')).toHaveAttribute('aria-expanded', 'true')
  await expect(row('shots')).toHaveAttribute('aria-expanded', 'false')

  await window.keyboard.press('Control+k')
  await window.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('clear recent')
  await window.keyboard.press('Enter')
  await window.getByRole('dialog').getByRole('button', { name: 'Clear' }).click()
  await expect.poll(kept).toEqual([])
})

test('a run is there again as it was left: where it was scrolled to, with the same row in focus and the same files selected', async ({
  launch,
}) => {
  const many = Array.from({ length: 400 }, (_, number) => `file-${String(number).padStart(3, '0')}.txt`)
  const api = await startFaultyApi()
  try {
    api.answer(listingOf(executionId, many))
    const args = [`asteroid-files://executions/${executionId}`]
    const first = await launch({ env: api.env, args })
    const before = filesView(first.window)
    await before.row('file-001.txt').click()
    for (let page = 0; page < 6; page += 1) await first.window.keyboard.press('PageDown')
    for (let row = 0; row < 4; row += 1) await first.window.keyboard.press('Shift+ArrowDown')
    await expect(before.counts).toContainText('5 selected')
    const focused = await before.active()
    const rowAtTop = firstInView(first.window)
    // The focus goes out of view, so that it is not what brings the place back.
    await before.tree.hover()
    await first.window.mouse.wheel(0, -26 * 60)
    await expect.poll(rowAtTop).not.toBe(await before.active())
    let top = ''
    await expect
      .poll(async () => {
        const last = top
        top = await rowAtTop()
        return top === last
      })
      .toBe(true)
    // What moved is told a moment after it has come to rest.
    await first.window.waitForTimeout(500)
    await first.evaluate(({ app }) => app.quit()).catch(() => {})
    expect(await first.ended).toBe(0)

    // A file more comes above all others meanwhile.
    api.answer(listingOf(executionId, ['aaa.txt', ...many]))
    const { window } = await launch({ env: api.env, args })
    const { counts, active } = filesView(window)
    await expect(counts).toContainText('401 files')
    await expect(counts).toContainText('5 selected')
    await expect.poll(active).toBe(focused)
    await expect.poll(firstInView(window)).toBe(top)
    await window.keyboard.press('Shift+ArrowDown')
    await expect(counts).toContainText('6 selected')
  } finally {
    api.close()
  }
})

/** Tells the path of the first row that is wholly in view. */
function firstInView(window: Page): () => Promise<string> {
  return () =>
    filesView(window).tree.evaluate((tree) => {
      const head = tree.querySelector('[role=rowgroup]')?.getBoundingClientRect().bottom ?? 0
      const rows = [...tree.querySelectorAll('[data-row]')].filter(
        (row) => row.getBoundingClientRect().top >= head - 0.5,
      )
      const [first] = rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      return first?.querySelector('[title]')?.getAttribute('title') ?? ''
    })
}

test('what is gone after a refresh stays in the list with its mark, and what has changed has one too', async ({
  launch,
}) => {
  const api = await startFaultyApi()
  try {
    api.answer(listingOf(executionId, ['a.txt', 'b.txt', 'c.txt']))
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    const { row, counts, age } = filesView(window)
    await expect(counts).toContainText('3 files')
    // A refresh while they are still coming would be one with what is under way.
    await expect(age).toBeVisible()
    // Sizes go by place: `b.txt` comes first now, and is smaller than it was.
    api.answer(listingOf(executionId, ['b.txt', 'new.txt', 'c.txt']))
    await window.keyboard.press('Control+r')
    await expect(row('a.txt').getByText('gone', { exact: true })).toBeVisible()
    await expect(row('b.txt').getByText('changed', { exact: true })).toBeVisible()
    await expect(row('new.txt').getByText('new', { exact: true })).toBeVisible()
    await expect(row('c.txt').getByText(/^(new|changed|gone)$/)).toHaveCount(0)
  } finally {
    api.close()
  }
})

test('chips for directory and creator narrow the list, and each is let go of by itself', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    const file = (directory: string, name: string, createdBy: string) => ({
      id: name,
      directory,
      filePath: `${directory}/${name}`,
      fileName: name,
      fileSize: 1,
      createdBy,
      downloadUrl: 'http://127.0.0.1:9/gone',
    })
    const body = JSON.stringify({
      directories: {
        uploads: [file('uploads', 'given.txt', 'user')],
        workspace: [file('workspace', 'made.txt', 'agent'), file('workspace', 'put.txt', 'user')],
      },
    })
    api.answer({ status: 200, headers: { 'content-type': 'application/json' }, body })
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    const { counts, row } = filesView(window)
    await expect(counts).toContainText('3 files')
    const chips = window.getByRole('search')
    await window.keyboard.press('Control+f')
    await chips.getByRole('button', { name: 'Directory', exact: true }).click()
    await window.getByRole('menuitem', { name: 'workspace' }).click()
    await window.keyboard.press('Escape')
    await expect(counts).toContainText('2 of 3 files')
    await chips.getByRole('button', { name: 'Created by', exact: true }).click()
    await window.getByRole('menuitem', { name: /user/i }).click()
    await window.keyboard.press('Escape')
    await expect(counts).toContainText('1 of 3 files')
    await expect(row('put.txt')).toBeVisible()
    await expect(row('made.txt')).toHaveCount(0)
  } finally {
    api.close()
  }
})
