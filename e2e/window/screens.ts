import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Fixtures } from '../fixtures.ts'
import { startFaultyApi } from './faulty-api.ts'
import { exploreSample, filesView } from './files-view.ts'
import { startUnevenStorage } from './uneven-storage.ts'

// Every screen and state of the window, brought up as a person would, for whoever wants to look at all of them.

/** Looks at the window as it is. */
export type Look = (window: Page, screen: string) => Promise<void>

type Launch = Fixtures['launch']

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'

/** What a first start shows, and a run with all that can be selected, searched and opened in it. */
export async function seeSample({ launch }: { readonly launch: Launch }, look: Look): Promise<void> {
  const { window } = await launch()
  await expect(window.getByLabel('API key')).toBeVisible()
  await look(window, 'welcome')

  const { row, details } = await exploreSample(window)
  await look(window, 'nothing selected')
  await row('invoices.csv').click()
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  await expect(details.getByText('48 rows')).toBeVisible()
  await look(window, 'a file')
  await row('workspace').click()
  await expect(details.getByRole('heading', { name: 'workspace' })).toBeVisible()
  await look(window, 'a folder')
  await row('shared').click({ modifiers: ['Shift'] })
  await expect(details.getByRole('heading', { name: /files$/ })).toBeVisible()
  await look(window, 'a selection')

  await seeSearches(window, look)
  await seeMenus(window, look)
  await seeLargePreview(window, look)
  await window
    .getByRole('navigation', { name: 'Runs' })
    .getByRole('button', { name: /Watch product prices/ })
    .click()
  await expect(row('progress.json')).toBeVisible()
  await look(window, 'a run that goes on')
}

async function seeSearches(window: Page, look: Look): Promise<void> {
  const { search } = filesView(window)
  await search.fill('invoice')
  await expect(window.locator('mark').first()).toBeVisible()
  await look(window, 'matches')
  await search.fill('size:>lots')
  await expect(window.getByRole('alert')).toBeVisible()
  await look(window, 'a faulty query')
  await search.fill('type:moon')
  await expect(window.getByRole('status').filter({ hasText: 'moon' })).toBeVisible()
  await look(window, 'a type that there is none of')
  await search.fill('no-such-name')
  await expect(window.getByText('No file matches.')).toBeVisible()
  await look(window, 'nothing matches')
  await search.fill('')
  await expect(window.getByText('No file matches.')).toBeHidden()
}

async function seeMenus(window: Page, look: Look): Promise<void> {
  const { row, tree } = filesView(window)
  const menu = window.getByRole('menu')
  const seeMenu = async (screen: string) => {
    await expect(menu).toBeVisible()
    await look(window, screen)
    await window.keyboard.press('Escape')
    await expect(menu).toBeHidden()
  }
  await row('invoices.csv').click({ button: 'right' })
  await seeMenu('a context menu')
  await tree.getByRole('columnheader', { name: 'Size' }).click({ button: 'right' })
  await seeMenu('columns')
  await window.getByRole('search').getByRole('button', { name: 'Type', exact: true }).click()
  await seeMenu('a filter')
  await window
    .getByRole('navigation', { name: 'Runs' })
    .getByRole('button', { name: /Collect supplier/ })
    .click({ button: 'right' })
  await seeMenu('a run’s menu')
}

async function seeLargePreview(window: Page, look: Look): Promise<void> {
  await filesView(window).row('invoices.csv').click()
  await window.keyboard.press('Space')
  const preview = window.getByRole('dialog', { name: 'invoices.csv' })
  await expect(preview.getByText('48 rows')).toBeVisible()
  await look(window, 'a large preview')
  await window.keyboard.press('Escape')
  await expect(preview).toBeHidden()
}

/** Every dialog, over the sample's files. */
export async function seeDialogs({ launch }: { readonly launch: Launch }, look: Look): Promise<void> {
  const { window } = await launch()
  await exploreSample(window)
  const dialog = window.getByRole('dialog')
  const seeDialog = async (name: string) => {
    await expect(window.getByRole('dialog', { name })).toBeVisible()
    await look(window, name)
    await window.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  const choose = async (action: string) => {
    await window.keyboard.press('Control+k')
    await window.getByRole('combobox').fill(action)
    await window.keyboard.press('Enter')
  }
  await window.keyboard.press('Control+k')
  await seeDialog('Command palette')
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox').fill('nothing of this name')
  await expect(window.getByText('Nothing has that name.')).toBeVisible()
  await seeDialog('Command palette')
  await window.keyboard.press('Control+,')
  await seeDialog('Settings')
  await window.keyboard.press('Control+/')
  await seeDialog('Keyboard shortcuts')
  await choose('clear recent')
  await seeDialog('Clear recent runs?')
  await window.getByRole('button', { name: 'Sign in' }).click()
  await seeDialog('Sign in')
  await choose('about asteroid')
  await expect(window.getByRole('dialog', { name: 'Asteroid Files' })).toBeVisible()
  await dialog.getByText('Licences', { exact: true }).click()
  await dialog.locator('details details summary').first().click()
  await seeDialog('Asteroid Files')
}

/** What the window says where a run is on its way, could not be had, is empty, or is out of date. */
export async function seeProblems({ launch }: { readonly launch: Launch }, look: Look): Promise<void> {
  const api = await startFaultyApi()
  try {
    api.answer('silence')
    const { window } = await launch({ env: api.env })
    await expect(window.getByRole('heading', { name: 'Open a run' })).toBeVisible()
    await look(window, 'signed in')
    let opened = 0
    const open = async () => {
      opened += 1
      const field = window.getByRole('textbox', { name: 'Open a run' }).first()
      await field.fill(`${executionId.slice(0, -2)}${String(opened).padStart(2, '0')}`)
      await field.press('Enter')
    }
    await open()
    await expect(window.getByText('Asking for the run’s files…')).toBeVisible()
    await look(window, 'loading')
    for (const [status, title, headers] of [
      [404, 'There is no such run'],
      [401, 'Your key was refused'],
      [403, 'Your key was refused'],
      [500, 'Asteroid has a problem'],
      [429, 'Asteroid asks for a pause', { 'retry-after': '600' }],
      [200, 'The answer could not be understood'],
    ] as const) {
      api.answer({ status, headers: headers ?? {}, body: '<html>' })
      await open()
      await expect(window.getByRole('alert').filter({ hasText: title })).toBeVisible()
      await look(window, `problem ${status}`)
    }
    await window.getByRole('textbox', { name: 'Open a run' }).first().fill('not a run')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('alert').filter({ hasText: 'That is not a run' })).toBeVisible()
    await look(window, 'no run')

    api.answer({ status: 200, body: '{"directories":{}}' })
    await open()
    await expect(window.getByText('This run has no files')).toBeVisible()
    await look(window, 'an empty run')
    api.answer({ status: 429, headers: { 'retry-after': '600' }, body: '' })
    await window.keyboard.press('Control+r')
    await expect(window.getByRole('note')).toContainText('Asteroid asks for a pause')
    await look(window, 'a pause over files')
    api.answer({ status: 200, body: '{"directories":{}}' })
    await open()
    await expect(window.getByText('This run has no files')).toBeVisible()
    api.close()
    await window.keyboard.press('Control+r')
    await expect(window.getByRole('note')).toContainText('These files were listed', { timeout: 30_000 })
    await look(window, 'offline over files')
    await open()
    await expect(window.getByRole('alert').filter({ hasText: 'Asteroid can’t be reached' })).toBeVisible({
      timeout: 30_000,
    })
    await look(window, 'offline')
    await window.getByRole('button', { name: 'Back to start' }).click()
    await expect(window.getByRole('heading', { name: 'Recent runs' })).toBeVisible()
    await look(window, 'the start of who comes back')
  } finally {
    api.close()
  }
}

/** The drawer with nothing, with a question, and with downloads in every state. */
export async function seeTransfers({ launch, folder }: Pick<Fixtures, 'launch' | 'folder'>, look: Look): Promise<void> {
  const api = await startFaultyApi()
  const long = `${'a folder with a long name/'.repeat(6)}and a file whose name goes on and on and on until nobody reads it.txt`
  const names = ['gone-1.txt', 'here.txt', 'stuck-1.txt', 'stuck-2.txt', long]
  const storage = await startUnevenStorage(executionId, names)
  writeFileSync(path.join(folder, 'home', 'Downloads', path.basename(long)), 'The person’s own.')
  try {
    api.answer(storage.listing)
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    const { row, transfers, tree, counts } = filesView(window)
    await expect(counts).toContainText('5 files')
    await window.keyboard.press('Control+j')
    await expect(transfers.getByText('Nothing is being downloaded.')).toBeVisible()
    await look(window, 'no transfers')

    const download = async (name: string) => {
      await row(name).click()
      await window.keyboard.press('Control+s')
    }
    await window.keyboard.press('Control+f')
    await window.keyboard.type('.txt')
    await expect(counts).toContainText('5 of 5 files')
    await window.getByRole('button', { name: 'Show matches as a flat list' }).click()
    await expect(row('workspace')).toBeHidden()
    await download('here.txt')
    await expect(transfers.getByText(/^Done/)).toBeVisible()
    await download('gone-1.txt')
    await expect(transfers.getByRole('button', { name: 'Try gone-1.txt again' })).toBeVisible()
    await download('stuck-1.txt')
    await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
    await download('stuck-2.txt')
    await transfers.getByRole('button', { name: 'Pause stuck-2.txt' }).click()
    await expect(transfers.getByText(/^Paused/)).toBeVisible()
    await download('and a file whose name')
    const question = transfers.getByRole('group', { name: /already there/ })
    await expect(question).toBeVisible()
    await look(window, 'a question')
    await question.getByRole('button', { name: 'Keep both' }).click()
    await expect(question).toBeHidden()
    await tree.focus()
    await window.keyboard.press('Control+a')
    await window.keyboard.press('Control+s')
    await transfers.getByRole('button', { name: 'Files of Run 1b9f6f0e' }).click()
    await expect(transfers.getByRole('region', { name: /^Files of/ }).getByRole('listitem')).toHaveCount(5)
    await look(window, 'downloads in every state')
    storage.letGo()
  } finally {
    storage.close()
    api.close()
  }
}

/** The narrow window: files alone, with the runs over them, and with the details over them. */
export async function seeNarrow({ launch }: { readonly launch: Launch }, look: Look): Promise<void> {
  const { window } = await launch()
  await window.setViewportSize({ width: 720, height: 480 })
  await expect(window.getByRole('navigation', { name: 'Runs' })).toBeHidden()
  await look(window, 'narrow welcome')
  const { row, details } = await exploreSample(window)
  await row('invoices.csv').click()
  await look(window, 'narrow files')
  await window.keyboard.press('Control+b')
  await expect(window.getByRole('navigation', { name: 'Runs' })).toBeVisible()
  await look(window, 'runs over the files')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+i')
  await expect(details.getByRole('heading', { name: 'invoices.csv' })).toBeVisible()
  await look(window, 'details over the files')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+j')
  await expect(window.getByText('Nothing is being downloaded.')).toBeVisible()
  await look(window, 'downloads below the files')
}
