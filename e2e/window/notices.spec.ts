import { expect, type Locator, type Page } from '@playwright/test'
import { test } from '../fixtures.ts'
import type { LaunchedApp } from '../launch-app.ts'
import { exploreSample } from './files-view.ts'

const list = (window: Page) => window.getByRole('region', { name: 'Notices' })

/** Brings up problems: each file of these is downloaded, and then no app opens it. */
async function failToOpen(app: LaunchedApp, names: readonly string[]) {
  const { window } = app
  await app.evaluate(({ shell }) => {
    shell.openPath = async () => 'there is no app for it.'
  })
  const { row, transfers } = await exploreSample(window)
  for (const name of names) {
    await row(name).click()
    await window.keyboard.press('Control+s')
    await expect(transfers.getByRole('button', { name: `Open ${name}`, exact: true })).toBeVisible()
  }
  return {
    fail: (name: string) => transfers.getByRole('button', { name: `Open ${name}`, exact: true }).click(),
    transfers,
  }
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not on show.')
  return box
}

/** The buttons of a part of the window, of those in view, that notices lie over. */
function covered(within: Locator): Promise<readonly string[]> {
  return within.evaluate((part) => {
    const { top, bottom } = part.getBoundingClientRect()
    return [...part.querySelectorAll('button')]
      .filter((button) => {
        const box = button.getBoundingClientRect()
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
        if (y < top || y > bottom) return false
        return document.elementFromPoint(x, y)?.closest('[aria-label="Notices"]') != null
      })
      .map((button) => button.getAttribute('aria-label') ?? button.textContent ?? '')
  })
}

test('a problem is told once, is not doubled, stays while it is pointed at, and then leaves by itself', async ({
  app,
}) => {
  const { window } = app
  const { fail } = await failToOpen(app, ['invoices.csv'])
  const notice = list(window).getByText('could not be opened')
  await expect(list(window).getByRole('button')).toHaveCount(0)
  await window.clock.install()
  await fail('invoices.csv')
  await expect(notice).toHaveCount(1)
  await expect(window.getByRole('status', { name: 'Newest notice' })).toContainText('could not be opened')
  await fail('invoices.csv')
  await expect(notice).toHaveCount(1)
  await window.clock.fastForward(8_000)
  await expect(notice).toBeVisible()
  await notice.hover()
  await window.clock.fastForward(60_000)
  await window.clock.fastForward(60_000)
  await expect(notice).toBeVisible()
  await window.getByRole('treegrid').hover({ position: { x: 40, y: 60 } })
  await window.clock.fastForward(10_000)
  await expect(notice).toHaveCount(0)
})

test('a notice is closed by keyboard, and the focus goes back to where it was', async ({ app }) => {
  const { window } = app
  const { fail } = await failToOpen(app, ['invoices.csv', 'invoices.json'])
  await fail('invoices.csv')
  await fail('invoices.json')
  const close = list(window).getByRole('button', { name: 'Close notice' })
  await expect(close).toHaveCount(2)
  const tree = window.getByRole('treegrid')
  await tree.focus()
  for (let presses = 0; presses < 40; presses++) {
    await window.keyboard.press('Tab')
    if (await close.first().evaluate((button) => button === document.activeElement)) break
  }
  await expect(close.first()).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(close).toHaveCount(1)
  await expect(close).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(close).toHaveCount(0)
  expect(await window.evaluate(() => document.activeElement !== document.body)).toBe(true)
})

for (const size of [
  { width: 1200, height: 760 },
  { width: 720, height: 480 },
])
  test(`at ${size.width} × ${size.height}, notices cover no button of a dialog, the drawer or the details`, async ({
    app,
  }) => {
    const { window } = app
    const names = ['invoices.csv', 'invoices.json', 'invoices.jsonl']
    const { fail, transfers } = await failToOpen(app, names)
    await window.setViewportSize(size)
    for (const name of names) await fail(name)
    await expect(list(window).getByRole('button', { name: 'Close notice' })).toHaveCount(3)
    // Notices make room once they know how much of it is taken.
    await expect.poll(() => covered(transfers)).toEqual([])
    await expect
      .poll(async () => {
        const [notices, drawer] = [await boxOf(list(window)), await boxOf(transfers)]
        return notices.y + notices.height <= drawer.y
      })
      .toBe(true)

    const details = window.getByRole('complementary', { name: 'Details' })
    if (size.width < 900) await window.keyboard.press('Control+i')
    await expect(details).toBeVisible()
    await expect.poll(() => covered(details)).toEqual([])
    if (size.width < 900) await window.keyboard.press('Escape')

    await window.keyboard.press('Control+,')
    const dialog = window.getByRole('dialog', { name: 'Settings' })
    await expect(dialog).toBeVisible()
    await expect
      .poll(async () => {
        const [foot, box] = [await boxOf(list(window)), await boxOf(dialog)]
        return box.y + box.height <= foot.y
      })
      .toBe(true)
    // They can be closed without closing the dialog.
    await list(window).getByRole('button', { name: 'Close notice' }).first().click()
    await expect(list(window).getByRole('button', { name: 'Close notice' })).toHaveCount(2)
    await expect(dialog).toBeVisible()
  })
