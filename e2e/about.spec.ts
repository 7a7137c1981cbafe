import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('About shows the version, and the licence of all that the app is made of', async ({ app }) => {
  await expect(app.window.locator('#root')).not.toBeEmpty()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('menu:chosen', 'about'))
  const dialog = app.window.getByRole('dialog', { name: 'Asteroid Files' })
  await expect(dialog).toContainText('Version')
  await dialog.getByText('Licences', { exact: true }).click()
  for (const name of ['@github/keytar', 'react ', 'undici', 'zod']) await expect(dialog).toContainText(name)
  await dialog.getByText(/^@github\/keytar/).click()
  await expect(dialog.locator('pre').filter({ visible: true })).toContainText('Permission is hereby granted')
})
