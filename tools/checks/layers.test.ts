import { expect, test } from 'vitest'
import { importsOf, layerFaults } from './layers.ts'
import { readSources } from './sources.ts'

const faultsOf = (...files: readonly (readonly [string, string])[]) =>
  layerFaults(files.map(([file, text]) => ({ file, text })))

test('no file of the app imports what its layer may not, and each name with power stands in its one place', () => {
  const sources = readSources()
  expect(sources.length).toBeGreaterThan(20)
  expect(layerFaults(sources)).toEqual([])
})

test.each([
  ['src/shared/a.ts', "import { b } from '../core/b.ts'", 'shared may not know core'],
  ['src/core/a.ts', "import { b } from '../main/b.ts'", 'core may not know main'],
  ['src/core/x/a.ts', "export { b } from '../../renderer/src/b.ts'", 'core may not know renderer'],
  ['src/main/a.ts', "const b = await import('../renderer/src/b.ts')", 'main may not know renderer'],
  ['src/cli/a.ts', "import { b } from '../main/b.ts'", 'cli may not know main'],
  ['src/renderer/src/a.tsx', "import { b } from '../../core/b.ts'", 'renderer may not know core'],
  ['src/main/a.ts', "import { host } from '../../e2e/electron-host/host.ts'", 'not part of the app'],
  ['src/preload/index.ts', "import { commands } from '../shared/contract.ts'", 'the preload takes types only'],
  ['src/preload/index.ts', "import { z } from 'zod'", 'nothing but electron'],
  ['src/renderer/src/ui/button.tsx', "import { store } from '../store/store.ts'", 'knows neither store'],
  ['src/renderer/src/ui/button.tsx', "import { api } from '../bridge.ts'", 'knows neither store'],
  ['src/renderer/src/features/a/a.tsx', "import { b } from '../b/b.tsx'", 'features do not import each other'],
  ['src/main/window.ts', "import { ipcMain } from 'electron'", 'uses ipcMain'],
  ['src/main/window.ts', "window.webContents.send('x')", 'uses webContents.send'],
  ['src/preload/other.ts', "import { ipcRenderer } from 'electron'", 'uses ipcRenderer'],
  ['src/renderer/src/app.tsx', 'window.api.invoke()', 'uses window.api'],
  ['src/core/a.ts', 'shell.openExternal(url)', 'uses shell.openExternal'],
])('%s with %s is a fault', (file, text, told) => {
  expect(faultsOf([file, text])).toEqual([expect.stringContaining(told)])
})

test('a second file that opens pages outside is a fault', () => {
  expect(faultsOf(['src/main/a.ts', 'shell.openExternal(page)'])).toEqual([])
  expect(faultsOf(['src/main/a.ts', 'shell.openExternal(page)'], ['src/main/b.ts', 'openExternal(page)'])).toHaveLength(
    1,
  )
})

test('keytar in a second file is a fault', () => {
  const load = "const keytar = await import('keytar')"
  expect(faultsOf(['src/core/account/keychain.ts', load])).toEqual([])
  expect(faultsOf(['src/core/account/keychain.ts', load], ['src/main/other.ts', load])).toHaveLength(1)
})

test.each([
  ['src/preload/index.ts', "import type { Api } from '../shared/contract.ts'\nimport { ipcRenderer } from 'electron'"],
  ['src/core/a.ts', "import { b } from '../shared/b.ts'\nimport fs from 'node:fs'"],
  ['src/core/a.ts', '// ipcMain and window.api are told of here\n/** ipcRenderer */'],
  ['src/main/a.test.ts', "import { ipcMain } from 'electron'"],
  ['src/renderer/src/features/a/a.tsx', "import { b } from './b.tsx'\nimport { Button } from '../../ui/button.tsx'"],
])('%s with %j is no fault', (file, text) => {
  expect(faultsOf([file, text])).toEqual([])
})

test('imports of every form are seen', () => {
  const text = `import a from 'a'
import * as b from 'b'
import {
  c,
} from 'c'
import 'd'
import type { E } from 'e'
export * from 'f'
const g = await import('g')
const h = require('h')`
  expect(importsOf(text).map(({ from }) => from)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  expect(importsOf(text).filter(({ typeOnly }) => typeOnly)).toEqual([{ from: 'e', typeOnly: true }])
})
