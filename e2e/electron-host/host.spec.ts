import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
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

const streamingApp = `
import { app, BrowserWindow, protocol } from 'electron'
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, supportFetchAPI: true, stream: true } }])
globalThis.aborted = 0
app.whenReady().then(() => {
  protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/range') {
      const headers = { 'Content-Range': 'bytes 2-4/10', 'X-Asked': request.headers.get('range') + ' of ' + request.url }
      return new Response('234', { status: 206, headers })
    }
    if (pathname !== '/stream') return new Response('<p>hello', { headers: { 'Content-Type': 'text/html' } })
    request.signal.addEventListener('abort', () => (globalThis.aborted += 1))
    const start = (controller) => controller.enqueue(new TextEncoder().encode('first'))
    return new Response(new ReadableStream({ start }))
  })
  new BrowserWindow({}).loadURL('app://bundle/index.html')
})
`

test('a protocol’s ranges, unended streams and aborts reach the page and back', async ({ launch, folder }) => {
  const target = path.join(folder, 'app')
  mkdirSync(target)
  writeFileSync(
    path.join(target, 'package.json'),
    '{ "main": "main.mjs", "version": "1.0.0", "productName": "Streams" }',
  )
  writeFileSync(path.join(target, 'main.mjs'), streamingApp)
  const app = await launch({ folder: target })
  const found = await app.window.evaluate(async () => {
    const range = await fetch('./range', { headers: { Range: 'bytes=2-4' } })
    const stop = new AbortController()
    const stream = await fetch('./stream', { signal: stop.signal })
    const part = await stream.body?.getReader().read()
    stop.abort()
    return {
      range: [range.status, await range.text(), range.headers.get('content-range'), range.headers.get('x-asked')],
      first: new TextDecoder().decode(part?.value),
    }
  })
  expect(found).toEqual({
    range: [206, '234', 'bytes 2-4/10', 'bytes=2-4 of app://bundle/range'],
    first: 'first',
  })
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'aborted'))).toBe(1)
})
