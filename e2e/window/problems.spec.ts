import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { type Answer, listingOf, startFaultyApi } from './faulty-api.ts'
import { filesView } from './files-view.ts'

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'

const problems: readonly { readonly answer: Answer; readonly title: string; readonly wayOut: string }[] = [
  { answer: { status: 404, body: 'Execution not found.' }, title: 'There is no such run', wayOut: 'Try again' },
  { answer: { status: 401, body: 'no' }, title: 'ASTEROID_API_KEY', wayOut: 'Try again' },
  { answer: { status: 200, body: '<html>' }, title: 'The answer could not be understood', wayOut: 'Try again' },
  {
    answer: { status: 429, headers: { 'retry-after': '2' }, body: '' },
    title: 'Asteroid asks for a pause',
    wayOut: 'Try again',
  },
]

test('each problem says what happened and what to do, and a pause ends by itself', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    const { window } = await launch({ env: api.env })
    const open = window.getByRole('navigation', { name: 'Runs' }).getByRole('textbox', { name: 'Open a run' })
    for (const [index, { answer, title, wayOut }] of problems.entries()) {
      api.answer(answer)
      await open.fill(`https://platform.asteroid.ai/executions/${executionId.slice(0, -1)}${index}`)
      await open.press('Enter')
      const pane = window.getByRole('alert').filter({ hasText: title })
      await expect(pane).toContainText(`${executionId.slice(0, -1)}${index}`)
      await expect(pane.getByRole('button', { name: wayOut, exact: true })).toBeVisible()
    }
    await expect(window.getByText(/Trying again in \d seconds?/)).toBeVisible()
    api.answer(listingOf(executionId, ['a.txt', 'b.txt']))
    await expect(filesView(window).row('a.txt')).toBeVisible()

    await open.fill('not a run')
    await open.press('Enter')
    await expect(window.getByRole('alert').filter({ hasText: 'That is not a run' })).toBeVisible()
  } finally {
    api.close()
  }
})

test('a run that is opened without a key asks for it at once, also where the API can’t be reached', async ({
  app: { window },
}) => {
  const open = window.getByRole('textbox', { name: 'Open a run' }).first()
  await open.fill(executionId)
  await open.press('Enter')
  const pane = window.getByRole('alert').filter({ hasText: 'This run needs your API key' })
  await expect(pane.getByLabel('API key')).toBeVisible()
  await expect(window.getByText('can’t be reached')).toBeHidden()
})

test('from a run that could not be opened, the keyboard leads on: again, back, or to a sample', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    const { ASTEROID_BASE_URL } = api.env
    api.answer({ status: 401, body: 'no' })
    const { window } = await launch({
      env: { ASTEROID_BASE_URL },
      args: [`asteroid-files://executions/${executionId}`],
    })
    const pane = window.getByRole('alert').filter({ hasText: /key/ })
    await expect(pane.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
    await expect(pane.getByLabel('API key')).toBeFocused()
    await pane.getByRole('button', { name: 'Back to start' }).press('Enter')
    await expect(window.getByRole('heading', { name: 'See what your agent left behind' })).toBeVisible()
    await expect(pane).toBeHidden()

    const signedIn = await launch({ env: api.env })
    api.answer({ status: 500, body: 'broken' })
    const open = signedIn.window.getByRole('textbox', { name: 'Open a run' }).last()
    await open.fill(executionId)
    await open.press('Enter')
    const problem = signedIn.window.getByRole('alert').filter({ hasText: 'Asteroid has a problem' })
    await expect(problem.getByRole('button', { name: 'Try again' })).toBeFocused()
    await expect(problem.getByRole('button', { name: 'Explore a sample run' })).toBeHidden()
    const before = api.asked()
    await signedIn.window.keyboard.press('Enter')
    await expect.poll(api.asked).toBeGreaterThan(before)
    await expect(problem.getByRole('button', { name: 'Try again' })).toBeFocused()
    await signedIn.window.keyboard.press('Escape')
    await expect(signedIn.window.getByRole('heading', { name: 'Open a run' })).toBeVisible()
    await expect(signedIn.window.getByRole('textbox', { name: 'Open a run' }).last()).toBeFocused()
  } finally {
    api.close()
  }
})

test('a refresh keeps scroll, focus and selection, marks what is new, and a failed one keeps the files', async ({
  launch,
}) => {
  const api = await startFaultyApi()
  try {
    const names = Array.from({ length: 400 }, (_, index) => `file-${String(index).padStart(4, '0')}.txt`)
    api.answer(listingOf(executionId, names))
    const { window } = await launch({ env: api.env })
    const open = window.getByRole('textbox', { name: 'Open a run' }).first()
    await open.fill(executionId)
    await open.press('Enter')
    const { tree, row, active, counts, age } = filesView(window)
    await expect(counts).toContainText('400 files')
    await expect(age).toBeVisible()
    await row('file-0000.txt').click()
    for (let presses = 0; presses < 6; presses++) await window.keyboard.press('PageDown')
    const path = await active()
    // The row that the keyboard went to is drawn as selected a moment later.
    await expect(tree.locator('[aria-selected="true"]')).toHaveId(
      (await tree.getAttribute('aria-activedescendant')) ?? '',
    )
    const place = () => tree.locator('[aria-selected="true"]').boundingBox()
    const before = await place()

    api.answer(listingOf(executionId, ['aaa-new-1.txt', 'aaa-new-2.txt', ...names]))
    await window.keyboard.press('Control+r')
    await expect(counts).toContainText('402 files')
    await expect.poll(active).toBe(path)
    await expect.poll(async () => (await place())?.y).toBe(before?.y)
    await expect(window.getByText('2 new')).toBeVisible()

    api.answer({ status: 500, body: 'broken' })
    await window.keyboard.press('Control+r')
    await expect(window.getByRole('note')).toContainText('These files were listed')
    await expect(counts).toContainText('402 files')
  } finally {
    api.close()
  }
})

test('a run without files says so, with its five directories', async ({ launch }) => {
  const api = await startFaultyApi()
  try {
    const { window } = await launch({ env: api.env, args: [`asteroid-files://executions/${executionId}`] })
    await expect(window.getByText('This run has no files')).toBeVisible()
    await expect(filesView(window).tree.locator('[data-row]')).toHaveCount(5)
  } finally {
    api.close()
  }
})

test('without a keychain, the key is kept for the session, and never shown or stored by the window', async ({
  launch,
}) => {
  test.skip(process.platform !== 'linux', 'only on Linux can the keychain be taken away from an app')
  const api = await startFaultyApi()
  try {
    const { ASTEROID_BASE_URL } = api.env
    const env = { ASTEROID_BASE_URL, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    const { window } = await launch({ env })
    // It is said before anything is asked, once, and no second press is needed.
    await expect(window.getByText('so your key is kept until you quit')).toBeVisible()
    await window.getByLabel('API key').fill('a-key-for-tests')
    await window.getByRole('button', { name: 'Sign in', exact: true }).last().click()
    await expect(window.getByRole('heading', { name: 'Open a run' })).toBeVisible()
    const account = window.getByRole('button', { name: 'Signed in for now' })
    await account.click()
    await window.getByRole('dialog').getByLabel('API key').fill('another-key-for-tests')
    await expect(window.getByText('so your key is kept until you quit')).toBeVisible()
    await window.keyboard.press('Enter')
    await expect(window.getByRole('dialog')).toBeHidden()
    await expect(account).toBeVisible()
    const held = await window.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }))
    expect(held).not.toMatch(/a-key-for-tests|another-key/)
  } finally {
    api.close()
  }
})
