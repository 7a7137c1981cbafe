import type { Page } from 'playwright-core'
import { emptyPage } from '../app-server.ts'
import { type Implements, preventable, StrictEmitter } from '../emitter.ts'
import { hostState } from '../state.ts'
import { checkOptions, noteCall, refuse, strict } from '../unimplemented.ts'
import { hostApp } from './app.ts'
import { nativeTheme } from './native-theme.ts'
import { announceContents, HostWebContents } from './web-contents.ts'

type Bounds = Electron.Rectangle

const knownOptions = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'title',
  'backgroundColor',
  'titleBarStyle',
  'icon',
  'webPreferences',
] as const
const knownPreferences = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInSubFrames',
  'nodeIntegrationInWorker',
  'webSecurity',
  'webviewTag',
  'navigateOnDragDrop',
  'spellcheck',
  'v8CacheOptions',
  'devTools',
  'allowRunningInsecureContent',
  'experimentalFeatures',
] as const
const events = [
  'close',
  'closed',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'resize',
  'move',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'unresponsive',
  'responsive',
]

/** A window is a Chromium page: a tab of a headless one, or the `--app` window of one with a display. */
export class HostWindow extends StrictEmitter implements Implements<Electron.BrowserWindow> {
  readonly contents: HostWebContents
  /** What the app sees: anything that is not here throws. */
  readonly guarded: Electron.BrowserWindow
  #bounds: Bounds
  #visible: boolean
  #maximized = false
  #minimized = false
  #focused = false
  #destroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super('BrowserWindow', events)
    checkOptions('BrowserWindow', options, knownOptions)
    checkOptions('BrowserWindow webPreferences', options.webPreferences ?? {}, knownPreferences)
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options
    this.#bounds = { x, y, width, height }
    this.#visible = options.show ?? true
    this.guarded = strict('BrowserWindow', this) as unknown as Electron.BrowserWindow
    this.contents = new HostWebContents({
      preload: webPreferences.preload ?? null,
      open: () => openPage({ width, height }),
      onClose: () => this.#gone(),
    })
    hostState().windows.add(this)
    announceContents(this.contents)
    hostApp.emit('browser-window-created', preventable({}), this.guarded)
    this.contents.once('did-finish-load', () => this.emit('ready-to-show'))
  }

  get webContents(): Electron.WebContents {
    return this.contents.guarded
  }

  get id(): number {
    return this.contents.id
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url)
  }

  show(): void {
    this.#visible = true
    this.emit('show')
    this.focus()
  }

  hide(): void {
    this.#visible = false
    this.emit('hide')
  }

  focus(): void {
    this.#focused = true
    this.emit('focus')
  }

  blur(): void {
    this.#focused = false
    this.emit('blur')
  }

  isFocused(): boolean {
    return this.#focused
  }

  isVisible(): boolean {
    return this.#visible
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  isMaximized(): boolean {
    return this.#maximized
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  minimize(): void {
    this.#minimized = true
    this.emit('minimize')
  }

  restore(): void {
    this.#minimized = false
    this.emit('restore')
  }

  maximize(): void {
    this.#maximized = true
    this.emit('maximize')
  }

  unmaximize(): void {
    this.#maximized = false
    this.emit('unmaximize')
  }

  getBounds(): Bounds {
    return this.#bounds
  }

  getNormalBounds(): Bounds {
    return this.#bounds
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    const { width, height } = this.#bounds
    void this.contents.page().then((page) => page.setViewportSize({ width, height }))
    this.emit('resize')
  }

  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    noteCall('BrowserWindow.setProgressBar', progress, options)
  }

  flashFrame(flag: boolean): void {
    noteCall('BrowserWindow.flashFrame', flag)
  }

  setBackgroundColor(color: string): void {
    noteCall('BrowserWindow.setBackgroundColor', color)
  }

  close(): void {
    if (this.#destroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    this.contents.destroy()
    this.#gone()
  }

  #gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    hostState().windows.delete(this)
    this.emit('closed')
    if (hostState().windows.size === 0) hostApp.allWindowsClosed()
  }
}

async function openPage(size: { readonly width: number; readonly height: number }): Promise<Page> {
  const { context } = await hostState().browser
  const [first] = context.pages()
  const isUnused = first && hostState().windows.size <= 1 && ['about:blank', emptyPage()].includes(first.url())
  const page = isUnused ? first : await context.newPage()
  if (hostState().headless) await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: nativeTheme.themeSource === 'system' ? null : nativeTheme.themeSource })
  return page
}

/** What the app constructs: the guarded window, so that even `this` in its own code can't go around the guard. */
export const BrowserWindow = new Proxy(HostWindow, {
  construct: (target, [options = {}]) => new target(options).guarded,
  get(target, property) {
    if (property === 'getAllWindows') return () => [...hostState().windows].map((window) => window.guarded)
    if (property === 'getFocusedWindow')
      return () => [...hostState().windows].find((window) => window.isFocused())?.guarded ?? null
    return property in target || typeof property === 'symbol'
      ? Reflect.get(target, property)
      : refuse(`BrowserWindow.${property}`)
  },
})
