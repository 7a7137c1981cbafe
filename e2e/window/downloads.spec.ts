import { appendFileSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { ask } from '../bridge.ts'
import { test } from '../fixtures.ts'
import { exploreSample } from './files-view.ts'

test('a selection is downloaded and seen done, and a name is asked about only where another version has it', async ({
  app: { window },
  folder,
}) => {
  const { row, transfers } = await exploreSample(window)
  await row('invoices.csv').click()
  await row('invoices.json').click({ modifiers: ['ControlOrMeta'] })
  await expect(row('invoices.csv')).toHaveAttribute('aria-selected', 'true')
  await expect(row('invoices.json')).toHaveAttribute('aria-selected', 'true')
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done · 2 files/)).toBeVisible()
  await transfers.getByRole('button', { name: /^Files of/ }).click()
  const list = transfers.getByRole('region', { name: /^Files of/ })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByText('workspace/invoices.csv')).toBeVisible()

  const downloads = path.join(folder, 'home', 'Downloads')
  const file = path.join(downloads, globSync('**/invoices.csv', { cwd: downloads })[0] ?? '')
  const content = readFileSync(file, 'utf8')
  expect(content.split('\n').length).toBeGreaterThan(10)

  await row('invoices.csv').click()
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Already there · 1 file/)).toBeVisible()
  const question = transfers.getByRole('group', { name: 'A file of this name is already there' })
  await expect(question).toBeHidden()

  appendFileSync(file, 'my own line\n')
  await window.keyboard.press('Control+s')
  await expect(question).toContainText('workspace/invoices.csv')
  await question.getByRole('button', { name: 'Skip', exact: true }).click()
  await expect(question).toBeHidden()
  await expect(transfers.getByText(/1 skipped/)).toBeVisible()
  await transfers.getByRole('button', { name: 'Clear finished' }).click()
  await expect(transfers.getByRole('listitem')).toHaveCount(0)
  expect(globSync('**/invoices*.csv', { cwd: downloads })).toHaveLength(1)
  expect(readFileSync(file, 'utf8')).toBe(`${content}my own line\n`)
})

test('a folder is kept in step with a run, is offered the next time, and it is told what was brought', async ({
  app,
  folder,
}) => {
  const { window } = app
  const mine = path.join(folder, 'in step')
  await app.evaluate(({ dialog }, chosen) => {
    const offered: string[] = []
    Object.assign(globalThis, { offered })
    dialog.showOpenDialog = async (...asked: unknown[]) => {
      offered.push((asked.at(-1) as { defaultPath: string }).defaultPath)
      return { canceled: false, filePaths: [chosen] }
    }
  }, mine)
  const { row, transfers } = await exploreSample(window)
  const keepInStep = async () => {
    await row('invoices.csv').click()
    await expect(row('invoices.csv')).toHaveAttribute('aria-selected', 'true')
    await window.keyboard.press('ControlOrMeta+k')
    const palette = window.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').fill('keep in step')
    await window.keyboard.press('Enter')
  }
  await keepInStep()
  await expect(transfers.getByText('In step · 1 file brought')).toBeVisible()
  await keepInStep()
  await expect(transfers.getByText('In step · nothing new · 1 left as they were')).toBeVisible()
  const offered = await app.evaluate(() => (globalThis as unknown as { offered: string[] }).offered)
  expect(offered).toEqual([path.join(folder, 'home', 'Downloads'), mine])
})

for (const size of [
  { width: 1200, height: 760 },
  { width: 720, height: 600 },
  { width: 720, height: 480 },
])
  test(`at ${size.width} × ${size.height}, a question is in view with the whole line after it, and details keep their buttons`, async ({
    app: { window },
    folder,
  }) => {
    const { row, transfers, details } = await exploreSample(window)
    await window.setViewportSize(size)
    const names = ['invoices.csv', 'invoices.json', 'invoices.jsonl', 'invoices.tsv', 'invoices.xlsx']
    for (const name of names) {
      await row(name).click()
      await window.keyboard.press('Control+s')
      await expect(transfers.getByRole('button', { name: `Open ${name}`, exact: true })).toBeAttached()
    }
    appendFileSync(path.join(folder, 'home', 'Downloads', 'invoices.csv'), 'my own line')
    await row('invoices.csv').click()
    const cutLines = () =>
      transfers.evaluate((drawer) => {
        const list = [...drawer.querySelectorAll('ul')].at(0)
        const view = list?.parentElement?.getBoundingClientRect()
        if (!list || !view) return ['no list']
        return [...list.children]
          .map((item) => item.getBoundingClientRect())
          .filter(({ top, bottom }) => top < view.bottom - 1 && bottom > view.bottom + 1)
          .map(({ top }) => Math.round(top))
      })
    await expect.poll(cutLines).toEqual([])
    await window.keyboard.press('Control+s')
    const question = transfers.getByRole('group', { name: 'A file of this name is already there' })
    await expect(question).toBeInViewport({ ratio: 1 })
    await expect(question.getByRole('checkbox', { name: 'Always do this' })).toBeInViewport({ ratio: 1 })
    await expect(transfers.getByRole('button', { name: 'Open invoices.xlsx' })).toBeInViewport({ ratio: 1 })
    await expect.poll(cutLines).toEqual([])

    if (size.width < 900) await window.keyboard.press('Control+i')
    await expect(details.getByRole('button', { name: 'Download', exact: true })).toBeInViewport({ ratio: 1 })
    await expect(details.getByRole('button', { name: 'Preview', exact: true })).toBeInViewport({ ratio: 1 })
  })

test('a folder that is kept in step with another run is refused, and left as it is', async ({ app, folder }) => {
  const { window } = app
  const taken = path.join(folder, 'taken')
  mkdirSync(taken)
  const memory = '.asteroid-files-3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  writeFileSync(path.join(taken, memory), '')
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, taken)
  const { row } = await exploreSample(window)
  await row('invoices.csv').click()
  await window.keyboard.press('ControlOrMeta+k')
  await window.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('keep in step')
  await window.keyboard.press('Enter')
  const words = '“taken” is kept in step with another run, 3f2504e0. Choose another folder.'
  await expect(window.getByRole('region', { name: 'Notices' }).getByText(words)).toBeVisible()
  expect(readdirSync(taken)).toEqual([memory])
})

test('of a download of 100,000 files those at hand are listed, and the others counted', async ({ app: { window } }) => {
  const { transfers } = await exploreSample(window)
  const [, , huge] = await ask(window, 'sample:list', undefined)
  await ask(window, 'settings:change', { bandwidthLimit: 100_000 })
  const { listing } = await ask(window, 'listing:open', { executionId: huge?.executionId ?? '', source: 'sample' })
  await ask(window, 'listing:refresh', { listing })
  await ask(window, 'transfers:start', { listing, files: { what: 'all' }, to: 'downloads', as: 'files' })
  await window.keyboard.press('Control+j')
  await transfers.getByRole('button', { name: /^Files of/ }).click()
  const list = transfers.getByRole('region', { name: /^Files of/ })
  await expect(list.getByRole('listitem').first()).toBeVisible()
  await expect
    .poll(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      return list.getByText(/^and 99,\d{3} more files that came before or come later$/).count()
    })
    .toBe(1)
  await expect(list.getByText(/^and 99,\d{3} more files that came before or come later$/)).toBeInViewport()
})
