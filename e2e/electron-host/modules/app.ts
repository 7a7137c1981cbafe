import { mkdirSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { type Implements, preventable, StrictEmitter } from '../emitter.ts'
import { hostState, switchValue } from '../state.ts'
import { noteCall, refuse, strict } from '../unimplemented.ts'

const events = [
  'ready',
  'activate',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'web-contents-created',
  'browser-window-created',
  'second-instance',
  'open-url',
  'open-file',
  'child-process-gone',
  'render-process-gone',
]

class HostApp extends StrictEmitter implements Implements<Electron.App> {
  readonly isPackaged = false
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => {
      noteCall('app.commandLine.appendSwitch', name, value)
      this.#switches.set(name, value ?? null)
    },
  } satisfies Partial<Electron.CommandLine>) as Electron.CommandLine
  readonly #switches = new Map<string, string | null>()
  readonly #paths = new Map<string, string>()
  readonly #loaded = Promise.withResolvers<void>()
  #ready = false
  #quitting = false

  async whenReady(): Promise<void> {
    // Electron is not ready before the main module has run to its end: one that awaits this at its top hangs.
    await Promise.all([hostState().browser, this.#loaded.promise])
    if (this.#ready) return
    this.#ready = true
    this.emit('ready', preventable({}), {})
  }

  /** Called when the main module has run to its end. */
  codeLoaded(): void {
    this.#loaded.resolve()
  }

  /** What the main module gave Chromium's command line. */
  switches(): ReadonlyMap<string, string | null> {
    return this.#switches
  }

  isReady(): boolean {
    return this.#ready
  }

  getVersion(): string {
    return manifest().version
  }

  getName(): string {
    return manifest().productName
  }

  getAppPath(): string {
    return hostState().appFolder
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return this.#paths.get(name) ?? defaultPath(name)
  }

  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder)
  }

  getLocale(): string {
    return 'en-US'
  }

  requestSingleInstanceLock(): boolean {
    noteCall('app.requestSingleInstanceLock')
    return true
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    noteCall('app.setAsDefaultProtocolClient', scheme)
    return true
  }

  setAppUserModelId(id: string): void {
    noteCall('app.setAppUserModelId', id)
  }

  setBadgeCount(count?: number): boolean {
    noteCall('app.setBadgeCount', count)
    return true
  }

  focus(): void {
    noteCall('app.focus')
  }

  quit(): void {
    if (this.#quitting) return
    const before = preventable({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    this.#quitting = true
    // As in Electron, every window is asked, and one that stays open calls the whole thing off.
    for (const window of [...hostState().windows]) window.close()
    if (hostState().windows.size > 0) {
      this.#quitting = false
      return
    }
    this.emit('will-quit', preventable({}))
    this.exit(0)
  }

  exit(exitCode = 0): void {
    this.emit('quit', preventable({}), exitCode)
    void hostState().browser.then((browser) => browser.close())
    // What has just been logged or sent to a test is let out first.
    setTimeout(() => process.exit(exitCode), 20)
  }

  /** Called by the last window that closes. */
  allWindowsClosed(): void {
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
}

export const hostApp = new HostApp('app', events)

function manifest(): { readonly version: string; readonly productName: string } {
  return JSON.parse(readFileSync(path.join(hostState().appFolder, 'package.json'), 'utf8'))
}

function defaultPath(name: string): string {
  const home = process.env.HOME ?? homedir()
  switch (name) {
    case 'home':
      return home
    case 'temp':
      return tmpdir()
    case 'appData':
      return process.env.XDG_CONFIG_HOME ?? path.join(home, '.config')
    case 'userData':
    case 'sessionData':
      return made(switchValue('user-data-dir') ?? path.join(defaultPath('appData'), manifest().productName))
    case 'logs':
      return made(path.join(defaultPath('userData'), 'logs'))
    case 'downloads':
      return path.join(home, 'Downloads')
    case 'desktop':
      return path.join(home, 'Desktop')
    case 'documents':
      return path.join(home, 'Documents')
    case 'exe':
      return process.execPath
    default:
      return refuse(`app.getPath('${name}')`)
  }
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return folder
}
