import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { electronBinary, launchApp } from '../launch-app.ts'

test.skip(electronBinary() !== null, 'The host is not used where Electron’s own binary is.')

test('what the host lacks throws, and is recorded so that the test turns red', async ({ folder }) => {
  const app = await launchApp({ profile: `${folder}/profile` })
  const attempts = [
    app.evaluate(({ Tray }) => void new Tray('icon.png')),
    app.evaluate(({ app: electronApp }) => electronApp.getFileIcon('a')),
    app.evaluate(({ app: electronApp }) => void electronApp.on('login', () => {})),
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setKiosk(true)),
    app.evaluate(({ BrowserWindow }) => void new BrowserWindow({ kiosk: true })),
    app.evaluate(({ dialog }) => dialog.showMessageBox({ message: '?' })),
  ]
  for (const attempt of attempts) await expect(attempt).rejects.toThrow('does not implement')
  expect(app.missing()).toEqual([
    'new Tray()',
    'app.getFileIcon',
    'app event “login”',
    'BrowserWindow.setKiosk',
    'BrowserWindow option kiosk',
    'dialog.showMessageBox, unless the test answers it',
  ])
  await app.kill()
})
