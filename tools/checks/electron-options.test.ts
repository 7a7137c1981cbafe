import { expect, test } from 'vitest'
import { electronOptionFaults } from './electron-options.ts'
import { readSources } from './sources.ts'

const faultsOf = (file: string, text: string) => electronOptionFaults([{ file, text }])

test('no file of the app opens what docs/security.md says is closed', () => {
  expect(electronOptionFaults(readSources())).toEqual([])
})

const closed = `new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false,
  nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false } })`

test('a window that says all of it is closed', () => {
  expect(faultsOf('src/main/window.ts', closed)).toEqual([])
})

test.each([
  ['sandbox: true', '', ['without sandbox: true']],
  ['sandbox: true', 'sandbox: false', ['takes a page out of the sandbox', 'without sandbox: true']],
  ['contextIsolation: true', 'contextIsolation: false', ['the preload’s world', 'without contextIsolation: true']],
  ['nodeIntegration: false', 'nodeIntegration: true', ['gives a page Node', 'without nodeIntegration: false']],
  ['webSecurity: true', 'webSecurity: false', ['same-origin policy', 'without webSecurity: true']],
  ['webviewTag: false', 'webviewTag: true', ['uses a webview', 'without webviewTag: false']],
])('a window with %j made %j is told', (from, to, told) => {
  expect(faultsOf('src/main/window.ts', closed.replace(from, to))).toEqual(
    told.map((each) => expect.stringContaining(each)),
  )
})

test.each([
  ["window.loadURL('http://host.example/')", '(1)'],
  ['connect({ rejectUnauthorized: false })', '(1)'],
  ["app.on('certificate-error', allow)", '(1)'],
  ["app.commandLine.appendSwitch('no-sandbox')", '(4)'],
  [`const policy = "style-src 'unsafe-inline'"`, '(7)'],
  ['const options = { allowRunningInsecureContent: true }', '(8)'],
  ['const options = { experimentalFeatures: true }', '(9)'],
  ["const options = { enableBlinkFeatures: 'x' }", '(10)'],
  ['<iframe allowpopups />', '(11)'],
  ['<webview src="x" />', '(12)'],
  ["window.loadFile('index.html')", '(18)'],
  ["contextBridge.exposeInMainWorld('api', ipcRenderer)", '(20)'],
  ['const api = { ipc: ipcRenderer }', '(20)'],
  ['<p dangerouslySetInnerHTML={{ __html: text }} />', 'makes markup out of text'],
  ['contents.executeJavaScript(text)', 'makes code out of text'],
])('%s is told', (text, told) => {
  expect(faultsOf('src/main/a.ts', text)).toEqual([expect.stringContaining(told)])
})

test('the frame that draws a page of a run may have inline styles, and no scripts', () => {
  const route = 'src/core/preview/content-route.ts'
  expect(faultsOf(route, `const policy = "style-src 'unsafe-inline'"`)).toEqual([])
  expect(faultsOf(route, `const policy = "script-src 'unsafe-inline'"`)).toEqual([expect.stringContaining('(7)')])
})

test('a comment may speak of it', () => {
  expect(faultsOf('src/main/a.ts', '// Never sandbox: false, and no eval(text).')).toEqual([])
})
