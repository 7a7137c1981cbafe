import { appendFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator } from '@playwright/test'
import { ask } from '../bridge.ts'
import { type Fixtures, test } from '../fixtures.ts'
import { startFaultyApi } from './faulty-api.ts'
import { filesView } from './files-view.ts'
import { startUnevenStorage } from './uneven-storage.ts'

const executionId = '1b9f6f0e-3c6a-4f3d-9f5e-2a7c8d4e6b10'

type Opened = Awaited<ReturnType<typeof open>>

/** Opens a run of these files. */
async function open({ launch, folder }: Pick<Fixtures, 'launch' | 'folder'>, names: readonly string[]) {
  const api = await startFaultyApi()
  const storage = await startUnevenStorage(executionId, names)
  api.answer(storage.listing)
  const app = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
  const { window } = app
  const { row, transfers, counts } = filesView(window)
  await expect(counts).toContainText(`${names.length} file`)
  await window.keyboard.press('Control+f')
  await window.keyboard.type('.txt')
  await expect(row(names[0] ?? '')).toBeVisible()
  // The search moves them up, and a click would meet another.
  await expect(row('uploads')).toBeHidden()
  const downloads = path.join(folder, 'home', 'Downloads')
  return {
    app,
    storage,
    transfers,
    downloads,
    onDisk: () => readdirSync(downloads).toSorted(),
    button: (name: string): Locator => transfers.getByRole('button', { name, exact: true }),
    download: async (name: string) => {
      await row(name).click()
      await expect(row(name)).toHaveAttribute('aria-selected', 'true')
      await window.keyboard.press('Control+s')
    },
    close: () => {
      storage.close()
      api.close()
    },
  }
}

/** Closes what `open` started, also where the test fails. */
async function withRun(
  fixtures: Pick<Fixtures, 'launch' | 'folder'>,
  names: readonly string[],
  act: (run: Opened) => Promise<void>,
): Promise<void> {
  const run = await open(fixtures, names)
  try {
    await act(run)
  } finally {
    run.close()
  }
}

test('a download is paused, resumed and done, alone and with all; a cancelled one is brought by trying again', async ({
  launch,
  folder,
}) => {
  await withRun({ launch, folder }, ['stuck-1.txt', 'stuck-2.txt'], async (run) => {
    const { button, download, transfers, storage, onDisk, downloads } = run
    await download('stuck-1.txt')
    await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
    await button('Pause stuck-1.txt').click()
    await expect(transfers.getByText(/^Paused/)).toBeVisible()
    await button('Resume stuck-1.txt').click()
    await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
    await button('Pause all').click()
    await expect(transfers.getByText(/^Paused/)).toBeVisible()
    await expect(button('Pause all')).toBeHidden()
    await button('Resume all').click()
    await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
    expect(onDisk()).toEqual(['stuck-1.txt.part'])
    storage.letGo()
    await expect(transfers.getByText(/^Done · 1 file/)).toBeVisible()
    expect(onDisk()).toEqual(['stuck-1.txt'])
    expect(statSync(path.join(downloads, 'stuck-1.txt')).size).toBe(1_000)

    await download('stuck-2.txt')
    await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
    await button('Cancel stuck-2.txt').click()
    await expect(transfers.getByText(/^Cancelled/)).toBeVisible()
    await expect.poll(onDisk).toEqual(['stuck-1.txt'])
    storage.mend()
    await button('Try stuck-2.txt again').click()
    await expect(button('Open stuck-2.txt')).toBeVisible()
    expect(onDisk()).toEqual(['stuck-1.txt', 'stuck-2.txt'])
  })
})

test('a failure says why, a wait also for how long; one comes when it is tried again, one when the computer wakes', async ({
  launch,
  folder,
}) => {
  await withRun({ launch, folder }, ['gone-1.txt', 'busy-1.txt'], async (run) => {
    const { app, button, download, transfers, storage, onDisk } = run
    await download('gone-1.txt')
    await expect(button('Try gone-1.txt again')).toBeVisible()
    await expect(transfers.getByText(/link/)).toBeVisible()
    await download('busy-1.txt')
    await expect(transfers.getByText(/trying again in (9|10|11) min/)).toBeVisible()
    expect(onDisk()).toEqual([])
    storage.mend()
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    await expect(button('Open busy-1.txt')).toBeVisible()
    await button('Try gone-1.txt again').click()
    await expect(button('Open gone-1.txt')).toBeVisible()
    expect(onDisk()).toEqual(['busy-1.txt', 'gone-1.txt'])
  })
})

test('what waits can be tried before its time: a download, or all', async ({ launch, folder }) => {
  const names = ['busy-1.txt', 'busy-2.txt', 'busy-3.txt']
  await withRun({ launch, folder }, names, async (run) => {
    const { app, button, download, transfers, storage, onDisk } = run
    await download('busy-1.txt')
    await expect(transfers.getByText(/trying again in (9|10|11) minutes, at \d+:\d\d/)).toBeVisible()
    storage.mend()
    await button('Try busy-1.txt now').click()
    await expect(button('Open busy-1.txt')).toBeVisible()
    await expect(button('Try all now')).toBeHidden()
    storage.breakAgain()
    await download('busy-2.txt')
    await download('busy-3.txt')
    await expect(transfers.getByText(/trying again in/)).toHaveCount(2)
    storage.mend()
    await app.window.keyboard.press('Control+k')
    await app.window.keyboard.type('try all now')
    await app.window.keyboard.press('Enter')
    await expect(button('Open busy-2.txt')).toBeVisible()
    await expect(button('Open busy-3.txt')).toBeVisible()
    expect(onDisk()).toEqual(names)
  })
})

test('an archive without the files that failed says so, names them, and can be shown', async ({ launch, folder }) => {
  await withRun({ launch, folder }, ['gone-1.txt', 'other.txt'], async (run) => {
    const { app, transfers, onDisk } = run
    const { listing } = await ask(app.window, 'listing:open', { executionId, source: 'account' })
    await ask(app.window, 'listing:refresh', { listing })
    await ask(app.window, 'transfers:start', { listing, files: { what: 'all' }, to: 'downloads', as: 'archive' })
    await app.window.keyboard.press('Control+j')
    await expect(transfers.getByText('Made without 1 file that failed · 1 of 2 files')).toBeVisible()
    const [name = ''] = onDisk()
    expect(name).toMatch(/\.zip$/)
    await expect(transfers.getByRole('button', { name: /^Show .* in its folder$/ })).toBeVisible()
    await expect(transfers.getByRole('button', { name: /^Try .* again$/ })).toBeVisible()
    await transfers.getByRole('button', { name: /^Files of / }).click()
    await expect(transfers.getByText('gone-1.txt')).toBeVisible()
  })
})

test('a name that had to be changed is shown, and what to do about taken names is remembered on request', async ({
  launch,
  folder,
}) => {
  await withRun({ launch, folder }, ['here.txt', 'odd: name.txt'], async (run) => {
    const { button, download, transfers, onDisk, downloads } = run
    await download('odd: name.txt')
    await expect(transfers.getByText(/^Done · 1 file · 1 under another name/)).toBeVisible()
    await button('Files of odd: name.txt').click()
    await expect(transfers.getByText('saved as odd_ name.txt')).toBeVisible()
    expect(onDisk()).toEqual(['odd_ name.txt'])
    await button('Clear finished').click()
    // Its “Done” must not be taken for the next one's.
    await expect(button('Files of odd: name.txt')).toBeHidden()

    await download('here.txt')
    await expect(transfers.getByText(/^Done · 1 file/)).toBeVisible()
    appendFileSync(path.join(downloads, 'here.txt'), 'my own')
    await download('here.txt')
    const question = transfers.getByRole('group', { name: 'A file of this name is already there' })
    await question.getByRole('checkbox', { name: 'Always do this' }).check()
    await question.getByRole('button', { name: 'Keep both' }).click()
    await expect.poll(onDisk).toContain('here (2).txt')
    await download('here.txt')
    await expect.poll(onDisk).toEqual(['here (2).txt', 'here (3).txt', 'here.txt', 'odd_ name.txt'])
    await expect(question).toBeHidden()
  })
})

test('of many files, those that failed or were renamed come first, and can be seen alone', async ({
  launch,
  folder,
}) => {
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'gone-1.txt', 'odd: name.txt']
  await withRun({ launch, folder }, names, async ({ app, transfers, button }) => {
    await app.window.getByRole('button', { name: 'Download all' }).click()
    await expect(transfers.getByText(/^1 file failed · 6 of 7 files/)).toBeVisible()
    await transfers.getByRole('button', { name: /^Files of / }).click()
    const files = transfers.getByRole('region', { name: /^Files of / })
    const rows = files.getByRole('listitem')
    await expect(rows.nth(0)).toContainText('gone-1.txt')
    await expect(rows.nth(1)).toContainText('saved as odd_ name.txt')
    await expect(transfers.getByRole('button', { name: /^Show Run .* in its folder$/ })).toBeVisible()
    await button('1 failed').click()
    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText('gone-1.txt')
    await button('1 renamed').click()
    await expect(rows).toContainText('saved as odd_ name.txt')
    await button('7 files').click()
    await expect(rows).toHaveCount(7)
  })
})
