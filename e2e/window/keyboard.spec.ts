import { expect, type Locator, type Page } from '@playwright/test'
import { test } from '../fixtures.ts'
import { startFaultyApi } from './faulty-api.ts'
import { filesView } from './files-view.ts'
import { startUnevenStorage } from './uneven-storage.ts'

// One person's way through the app without a mouse. Nothing is clicked, and everything is found by its role and name, as a
// screen reader tells them; after each step the keyboard must be somewhere, and not back at the top of the page.

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'
const mostTabs = 60

async function hasFocus(target: Locator): Promise<boolean> {
  if ((await target.count()) !== 1) return false
  return target.evaluate((element) => element === document.activeElement)
}

/** Goes by Tab, or backwards by Shift+Tab, to what has a role and a name. */
async function tabTo(window: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < mostTabs; presses++) {
    if (await hasFocus(target)) return
    await window.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

/** Holds that the keyboard is on something. */
async function expectKeyboardSomewhere(window: Page): Promise<void> {
  await expect.poll(() => window.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
}

test('by keyboard alone: sign in, open a run, walk, filter, look, download, settings, sign out', async ({ launch }) => {
  test.skip(process.platform !== 'linux', 'only on Linux can the keychain be taken away from an app')
  test.setTimeout(120_000)
  const api = await startFaultyApi()
  const names = ['reports/one.txt', 'reports/two.txt', 'here.txt', 'stuck-1.txt', 'stuck-2.txt']
  const storage = await startUnevenStorage(executionId, names)
  try {
    api.answer(storage.listing)
    const { window } = await launch({ env: { ASTEROID_BASE_URL: api.env.ASTEROID_BASE_URL } })
    const { keyboard } = window
    const { tree, search, transfers, counts, active, details } = filesView(window)

    await test.step('sign in', async () => {
      await expect(window.getByLabel('API key')).toBeVisible()
      await tabTo(window, window.getByLabel('API key'))
      await keyboard.type('a-key-for-tests')
      await keyboard.press('Enter')
      await expect(window.getByRole('heading', { name: 'Open a run' })).toBeVisible()
      await expectKeyboardSomewhere(window)
    })

    await test.step('open a run', async () => {
      await keyboard.press('Control+o')
      await expect(window.locator('input:focus')).toHaveAccessibleName('Open a run')
      await keyboard.type(executionId)
      await keyboard.press('Enter')
      await expect(counts).toContainText('5 files')
      await tabTo(window, tree)
    })

    await test.step('walk the tree', async () => {
      await keyboard.press('Home')
      await expect(tree).toMatchAriaSnapshot(`
        - treegrid "Files":
          - rowgroup:
            - row /^workspace 5 files/ [expanded] [level=1]
            - row /^reports 2 files/ [level=2]
            - row /^here.txt/ [level=2]
      `)
      await keyboard.type('reports')
      await expect.poll(active).toBe('workspace/reports')
      await keyboard.press('ArrowRight')
      await expect(tree.getByRole('row', { name: /^one\.txt/ })).toBeVisible()
      await keyboard.press('ArrowRight')
      await expect.poll(active).toBe('workspace/reports/one.txt')
      await keyboard.press('ArrowLeft')
      await keyboard.press('ArrowLeft')
      await expect(tree.getByRole('row', { name: /^one\.txt/ })).toBeHidden()
      await expect(tree).toBeFocused()
    })

    await test.step('filter', async () => {
      await keyboard.press('Control+f')
      await expect(search).toBeFocused()
      await keyboard.type('here')
      await expect(counts).toContainText('1 of 5 files')
      await expect(tree.getByRole('row', { name: /^reports/ })).toBeHidden()
      await keyboard.press('ArrowDown')
      await expect(tree).toBeFocused()
      await expect.poll(active).toBe('workspace')
      await keyboard.press('End')
      await expect.poll(active).toBe('workspace/here.txt')
      await expect(details.getByRole('heading', { name: 'here.txt' })).toBeVisible()
    })

    await test.step('preview', async () => {
      await keyboard.press('Space')
      const preview = window.getByRole('dialog', { name: 'here.txt' })
      await expect(preview.getByRole('region', { name: 'Text of here.txt' })).toContainText('aaa')
      await keyboard.press('Escape')
      await expect(preview).toBeHidden()
      await expect(tree).toBeFocused()
    })

    await test.step('download, pause, resume and cancel', async () => {
      await keyboard.press('Control+f')
      await keyboard.press('Control+a')
      await keyboard.type('stuck-1')
      await expect(tree.getByRole('row', { name: /^stuck-1/ })).toBeVisible()
      await expect(tree.getByRole('row', { name: /^here/ })).toBeHidden()
      await keyboard.press('ArrowDown')
      await expect.poll(active).toBe('workspace')
      await keyboard.press('End')
      await expect.poll(active).toBe('workspace/stuck-1.txt')
      await expect(details.getByRole('heading', { name: 'stuck-1.txt' })).toBeVisible()
      await keyboard.press('Control+s')
      await expect(transfers.getByText(/^400 bytes of/)).toBeVisible()
      await expect(transfers.getByRole('list')).toMatchAriaSnapshot(`
        - listitem:
          - button "Files of stuck-1.txt"
          - paragraph: stuck-1.txt
          - progressbar "stuck-1.txt"
          - button "Pause stuck-1.txt"
          - button "Cancel stuck-1.txt"
      `)
      await tabTo(window, transfers.getByRole('button', { name: 'Pause stuck-1.txt' }))
      await keyboard.press('Space')
      await expect(transfers.getByRole('button', { name: 'Resume stuck-1.txt' })).toBeFocused()
      await keyboard.press('Space')
      await expect(transfers.getByRole('button', { name: 'Pause stuck-1.txt' })).toBeFocused()
      await keyboard.press('Tab')
      await expect(transfers.getByRole('button', { name: 'Cancel stuck-1.txt' })).toBeFocused()
      await keyboard.press('Enter')
      await expect(transfers.getByRole('button', { name: 'Try stuck-1.txt again' })).toBeFocused()
      await tabTo(window, transfers.getByRole('button', { name: 'Clear finished' }), 'Shift+Tab')
      await keyboard.press('Enter')
      await expect(transfers.getByText('Nothing is being downloaded.')).toBeVisible()
      await expectKeyboardSomewhere(window)
      await tabTo(window, transfers.getByRole('button', { name: 'Hide transfers' }))
      await keyboard.press('Enter')
      await expect(transfers).toBeHidden()
      await expect(tree).toBeFocused()
    })

    await test.step('settings', async () => {
      await keyboard.press('Control+,')
      const settings = window.getByRole('dialog', { name: 'Settings' })
      await expect(settings).toBeVisible()
      const theme = settings.getByRole('combobox', { name: 'Theme' })
      await tabTo(window, theme)
      await keyboard.type('Dark')
      await expect.poll(() => window.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      await keyboard.press('Escape')
      await expect(settings).toBeHidden()
      await expect(tree).toBeFocused()
    })

    await test.step('sign out by the palette', async () => {
      await keyboard.press('Control+k')
      await expect(window.getByRole('dialog').getByRole('combobox')).toBeFocused()
      await keyboard.type('sign out')
      await keyboard.press('Enter')
      await expect(window.getByRole('dialog')).toBeHidden()
      await expect(window.getByRole('button', { name: 'Signed in for now' })).toBeHidden()
      await expect(window.getByRole('button', { name: 'Sign in' }).first()).toBeVisible()
      await expectKeyboardSomewhere(window)
    })
  } finally {
    storage.close()
    api.close()
  }
})
