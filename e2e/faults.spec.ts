import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { axeFaults } from './axe-faults.ts'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'
import { exploreSample } from './window/files-view.ts'

type Line = { readonly level: string; readonly message: string } & Readonly<Record<string, unknown>>

/** What the app wrote to its log so far. */
function logOf(folder: string): readonly Line[] {
  const text = readFileSync(path.join(folder, 'profile', 'logs', 'main.log'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The text of the window's page as main has it, also where a test's own hold of the page was lost with its process. */
function pageText({ evaluate }: LaunchedApp): Promise<string> {
  return evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return window?.webContents.executeJavaScript('document.body.innerText') ?? ''
  })
}

/** Answers main's questions with one button, and counts them. */
async function answerQuestions({ evaluate }: LaunchedApp, button: number): Promise<() => Promise<readonly string[]>> {
  await evaluate(({ dialog }, response) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    Object.assign(dialog, {
      showMessageBox: async (...given: unknown[]) => {
        asked.push((given.at(-1) as Electron.MessageBoxOptions).message)
        return { response, checkboxChecked: false }
      },
    })
  }, button)
  return () => evaluate(() => Reflect.get(globalThis, 'asked'))
}

test('a window whose process crashed shows a page that says so, and opens again from there', async ({
  app,
  folder,
}) => {
  await exploreSample(app.window)
  const session = await app.window.context().newCDPSession(app.window)
  // The command is never answered: what would answer it has gone.
  void session.send('Page.crash').catch(() => {})
  await expect.poll(() => pageText(app).catch(() => '')).toContain('The window stopped working')
  expect(logOf(folder)).toContainEqual(
    expect.objectContaining({ level: 'error', message: 'The window’s process is gone' }),
  )

  await app.evaluate(({ Menu, clipboard }) => {
    clipboard.clear()
    Menu.getApplicationMenu()?.getMenuItemById('copy-diagnostics')?.click()
  })
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('process is gone')

  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.querySelector("a").click()'),
  )
  await expect.poll(() => pageText(app).catch(() => '')).toContain('Explore a sample run')
})

test('a fault in drawing the window shows what to do instead of nothing, and is in the diagnostics', async ({
  app,
}) => {
  test.slow()
  const { window } = app
  await expect(window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
  await window.evaluate(() => {
    const get = () => {
      throw new Error('No number can be written.')
    }
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', { get })
  })
  await window.getByRole('button', { name: 'Explore a sample run' }).click()
  const page = window.getByRole('alert').filter({ hasText: 'The window met a fault' })
  await page.waitFor()
  expect(await axeFaults(window)).toEqual([])
  await page.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('No number can be written.')
  await page.getByRole('button', { name: 'Open anew' }).click()
  await exploreSample(window)
})

test('a window that can’t have the settings, without which it draws nothing, says so', async ({ app }) => {
  await expect(app.window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
  await app.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('settings:get')
    const message = 'Something went wrong in the app.'
    ipcMain.handle('settings:get', () => ({ ok: false, error: { kind: 'unexpected', message, reference: 'a1b2c3d4' } }))
  })
  await app.window.reload()
  await expect(app.window.getByRole('heading', { name: 'The window met a fault' })).toBeVisible()
})

test('a preload that failed, and a page that could not be loaded, each lead to the page that says so', async ({
  app,
}) => {
  test.slow()
  for (const emit of [
    (contents: Electron.WebContents) => contents.emit('preload-error', {}, '/preload', new Error('No preload.')),
    (contents: Electron.WebContents) =>
      contents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://bundle/', true),
  ]) {
    await expect(app.window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
    await app.evaluate(({ BrowserWindow }, code) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return new Function('contents', `(${code})(contents)`)(contents)
    }, String(emit))
    const again = app.window.getByRole('link', { name: 'Open the window again' })
    await again.waitFor()
    expect(await axeFaults(app.window)).toEqual([])
    await again.click()
  }
  await expect(app.window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
})

test('a fault that nobody caught in main is logged, told once, and ends nothing', async ({ app, folder }) => {
  const asked = await answerQuestions(app, 0)
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('a fault of this test')
    })
  })
  await expect.poll(asked).toEqual(['Something went wrong in Asteroid Files.'])
  await app.evaluate(() => void Promise.reject(new Error('a rejection of this test')))
  const faults = () => logOf(folder).flatMap(({ level, error }) => (level === 'error' ? [JSON.stringify(error)] : []))
  await expect.poll(() => faults().length).toBe(2)
  expect(faults()[0]).toContain('a fault of this test')
  expect(faults()[1]).toContain('a rejection of this test')
  expect(await asked()).toHaveLength(1)
  await exploreSample(app.window)
})

test('who is told of a fault in main can quit there', async ({ app }) => {
  await answerQuestions(app, 1)
  await app.evaluate(() => void setTimeout(() => Promise.reject(new Error('a fault of this test'))))
  expect(await app.ended).toBe(0)
})

test('a window that does not answer is loaded again, if the person wants', async ({ app }) => {
  await exploreSample(app.window)
  const asked = await answerQuestions(app, 1)
  await app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('unresponsive'))
  await expect.poll(asked).toEqual(['The window does not answer.'])
  await expect(app.window.getByRole('button', { name: 'Explore a sample run' })).toBeVisible()
})
