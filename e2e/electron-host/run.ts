// Runs a built Electron app on Node and an installed Chromium: node run.ts APP_FOLDER [ARG …]
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { emptyPage, startAppServer } from './app-server.ts'
import { startChromium } from './chromium.ts'
import { listenToTest } from './control.ts'
import { electron, electronModule } from './electron-module.ts'
import { hostApp } from './modules/app.ts'
import { routeRequests } from './route-requests.ts'
import { setState } from './state.ts'

const [executable = '', , folder = '.', ...argv] = process.argv
const appFolder = path.resolve(folder)
const electronFolder = path.resolve(import.meta.dirname, '../../node_modules/electron')
const headless = !argv.includes('--host-window')

process.argv = [executable, appFolder, ...argv]
Object.defineProperty(process.versions, 'electron', { value: electronVersion(), enumerable: true })
Object.assign(process, { type: 'browser', getCreationTime: () => performance.timeOrigin })
resolveElectron()
await startAppServer()
// As in Electron, Chromium's command line is what the main module made of it.
const mainRead = Promise.withResolvers<void>()
const browser = mainRead.promise.then(async () => {
  const started = await startChromium({ headless, emptyPage: emptyPage(), switches: hostApp.switches() })
  await routeRequests(started.context)
  return started
})
setState({ appFolder, argv, headless, browser, windows: new Set() })
listenToTest(electron, browser)
await import(pathToFileURL(path.join(appFolder, mainFile())).href)
mainRead.resolve()
hostApp.codeLoaded()

/** Makes `electron` mean the host's modules, for import and require alike. */
function resolveElectron(): void {
  const url = 'electron-host:modules'
  Reflect.set(globalThis, Symbol.for(url), electronModule)
  const names = mainProcessNames()
  const source = [
    `const module = globalThis[Symbol.for(${JSON.stringify(url)})]`,
    ...names.map((name) => `export const ${name} = module(${JSON.stringify(name)})`),
    `export default { ${names.join(', ')} }`,
  ].join('\n')
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (asked, context, next) =>
      asked === url ? { format: 'module', source, shortCircuit: true } : next(asked, context),
  })
}

/** Every name that a main process can import, so that an import always links. */
function mainProcessNames(): readonly string[] {
  const types = readFileSync(path.join(electronFolder, 'electron.d.ts'), 'utf8')
  const namespaces = ['Common', 'Main'].map((name) => {
    const start = types.indexOf(`  namespace ${name} {`)
    return types.slice(start, types.indexOf('\n  }\n', start))
  })
  const names = [...namespaces.join('\n').matchAll(/^ {4}(?:const|class) (\w+)/gm)].map(([, name]) => name ?? '')
  return [...new Set(names)]
}

function electronVersion(): string {
  return JSON.parse(readFileSync(path.join(electronFolder, 'package.json'), 'utf8')).version
}

function mainFile(): string {
  return JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8')).main
}
