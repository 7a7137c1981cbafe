import path from 'node:path'
import { expect } from '@playwright/test'
import { type Command, commands } from '../src/shared/contract.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import { projectFolder } from './launch-app.ts'

/** No command takes any of these. */
const badPayloads: readonly unknown[] = [
  null,
  0,
  'text',
  [],
  true,
  { listing: 'x' },
  { listing: 1.5, node: -1 },
  { listing: 1e308, from: -1, to: 1e9 },
  { id: {}, index: -1 },
  { executionId: '../../etc/passwd', source: 'account' },
  { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'elsewhere' },
  { key: 'k'.repeat(5_000), keep: 'keychain' },
  { page: 'https://example.com' },
  { page: 'execution', executionId: 'javascript:alert(1)' },
  { text: ['x'] },
  { html: { length: 1 } },
]

test('no command takes a wrong payload, and none ends the app', async ({ app }) => {
  const names = Object.keys(commands) as Command[]
  const answers = await app.window.evaluate(
    async ([all, payloads]) => {
      const outcomes: string[] = []
      for (const command of all)
        for (const [index, payload] of payloads.entries()) {
          const outcome = await window.api.invoke(command as Command, payload as never).then(
            (result) => (result.ok ? 'done' : result.error.kind),
            (error: Error) => (error.message.includes('Refused') ? 'refused' : error.message),
          )
          if (outcome !== 'refused') outcomes.push(`${command} ${index} ${outcome}`)
        }
      return outcomes
    },
    [names, badPayloads] as const,
  )
  // This one takes any record, and checks the names in it itself.
  const others = answers.filter((answer) => !answer.startsWith('settings:change'))
  expect(others).toEqual([])
  expect(answers.filter((answer) => !answer.endsWith('invalid-input'))).toEqual([])
  expect(await ask(app.window, 'settings:get', undefined)).toMatchObject({ theme: 'system' })
})

test('another window with the same preload is refused', async ({ app }) => {
  const outcome = await app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      })
      await other.loadURL('app://bundle/error.html')
      const answer = await other.webContents.executeJavaScript(
        `api.invoke('account:status').then(() => 'answered', (error) => error.message)`,
      )
      other.destroy()
      return String(answer)
    },
    path.join(projectFolder, 'out', 'preload', 'index.cjs'),
  )
  expect(outcome).toContain('Refused')
  await ask(app.window, 'account:status', undefined)
})

test('the app’s own window is refused while it shows a page of another origin', async ({ app }) => {
  const outcome = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    await window?.loadURL('data:text/html,hello')
    return window?.webContents.executeJavaScript(
      `api.invoke('account:status').then(() => 'answered', (error) => error.message)`,
    )
  })
  expect(outcome).toContain('Refused')
})

test('an unknown command or event is refused before it leaves the window', async ({ app }) => {
  const outcomes = await app.window.evaluate(() =>
    Promise.allSettled([
      Promise.resolve().then(() => window.api.invoke('files:delete' as never, {} as never)),
      Promise.resolve().then(() => window.api.invoke('__proto__' as never, {} as never)),
      Promise.resolve().then(() => window.api.on('toString' as never, () => {})),
    ]).then((all) => all.map((one) => one.status)),
  )
  expect(outcomes).toEqual(['rejected', 'rejected', 'rejected'])
})
