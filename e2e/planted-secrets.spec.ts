import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import { startFaultyApi } from './window/faulty-api.ts'
import { filesView } from './window/files-view.ts'
import { startUnevenStorage } from './window/uneven-storage.ts'

const executionId = '1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02'
/** All of them have this in them, and nothing else does. */
const planted = 'planted'
const key = 'k-planted-0123456789'
const link = 'https://me:planted-password@storage.example/planted-path?X-Amz-Signature=planted-signature'

/** Every file below a folder that holds what was planted. */
function filesWithSecrets(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'latin1').includes(planted))
}

test('keys and signed links that come in anywhere are in nothing that is written or copied', async ({
  launch,
  folder,
}) => {
  const api = await startFaultyApi()
  const names = ['here.txt', 'gone-1.txt', 'stuck-1.txt']
  const storage = await startUnevenStorage(executionId, names)
  try {
    // Storage's links are signed, and one leads to a host that is not there.
    const signed = storage.listing.body
      .replaceAll(/(http:\/\/127\.0\.0\.1:\d+\/[^"]+)/g, '$1?X-Amz-Signature=planted-signature')
      .replace(/"downloadUrl":"[^"]*gone-1[^"]*"/, `"downloadUrl":${JSON.stringify(link)}`)
    expect(signed).toContain('planted-password')
    api.answer({ ...storage.listing, body: signed })
    const deepLink = `asteroid-files://executions/${executionId}?token=planted-token#planted-hash`
    const env = { ASTEROID_BASE_URL: api.env.ASTEROID_BASE_URL, ASTEROID_API_KEY: key }
    const app = await launch({ env, args: [deepLink] })
    const { window } = app
    const { row, transfers, counts } = filesView(window)
    await expect(counts).toContainText('3 files')

    await row('gone-1.txt').click()
    await window.keyboard.press('Control+a')
    await window.keyboard.press('Control+s')
    await expect(transfers.getByText(/of 3 files/)).toBeVisible()
    await transfers.getByRole('button', { name: /^Files of/ }).click()
    await expect(transfers.getByText('1.0 kB', { exact: true })).toBeVisible()

    const open = window.getByRole('textbox', { name: 'Open a run' }).first()
    for (const text of [link, key]) {
      await open.fill(text)
      await open.press('Enter')
      await expect(window.getByRole('alert').filter({ hasText: 'That is not a run' })).toBeVisible()
    }
    for (const status of [500, 403, 200]) {
      api.answer({ status, body: `<p>${link} ${key}</p>` })
      await window.keyboard.press('Escape')
      await ask(window, 'listing:refresh', {
        listing: (await ask(window, 'listing:open', { executionId, source: 'account' })).listing,
      })
    }
    await app.evaluate(
      ({ app: electronApp, dialog }, [url, secret]) => {
        dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
        const error = new Error(`GET ${url} with Authorization: Bearer ${secret}`, {
          cause: { url, headers: { apiKey: secret } },
        })
        process.emit('uncaughtException', error)
        process.emit('unhandledRejection', error, Promise.resolve())
        electronApp.emit('child-process-gone', {}, { type: 'Utility', reason: url, exitCode: 1 })
        electronApp.emit('second-instance', {}, [`asteroid-files://executions/planted?key=${secret}`, url])
      },
      [link, key] as const,
    )
    await window.evaluate(
      ([url]) => globalThis.window.api.invoke('app:open-page', { page: url } as never).catch(() => {}),
      [link],
    )
    await window.evaluate(([url, secret]) => reportError(new Error(`GET ${url} with ${secret}`)), [link, key] as const)
    await ask(window, 'settings:change', { theme: 'dark' })
    await ask(window, 'app:copy-diagnostics', undefined)
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(copied).toContain('Nobody caught an error')
    expect(copied).toContain('The window met a fault')
    expect(copied).not.toContain(planted)

    // In the middle of it all, as a crash leaves it; and once more after it was shut down in order.
    expect(filesWithSecrets(folder)).toEqual([])
    await app
      .evaluate(({ app: electronApp, dialog }) => {
        // Quitting asks about what still runs.
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
        electronApp.quit()
      })
      .catch(() => {})
    await app.ended
    expect(filesWithSecrets(folder)).toEqual([])
    expect(app.output()).not.toContain(planted)
    const profile = readdirSync(path.join(folder, 'profile'))
    expect(profile).toEqual(expect.arrayContaining(['listings', 'logs', 'settings.json', 'recents.json', 'transfers']))
  } finally {
    storage.close()
    api.close()
  }
})
