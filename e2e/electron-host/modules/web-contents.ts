import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page, Request as PageRequest, Route } from 'playwright-core'
import { fromChromium, toChromium } from '../app-server.ts'
import { createCodec } from '../codec.ts'
import { type Implements, preventable, StrictEmitter } from '../emitter.ts'
import { type FromPage, pageScripts, preloadWorld, receiveFunction, sendBinding, type ToPage } from '../page-scripts.ts'
import { noteCall, refuse, strict } from '../unimplemented.ts'
import { hostApp } from './app.ts'
import { receiveInvoke, receiveSend } from './ipc-main.ts'
import { defaultSession } from './session.ts'

const codec = createCodec()
const events = [
  'did-start-loading',
  'dom-ready',
  'did-finish-load',
  'did-fail-load',
  'did-navigate',
  'will-navigate',
  'will-frame-navigate',
  'will-attach-webview',
  'render-process-gone',
  'preload-error',
  'console-message',
  'context-menu',
  'destroyed',
]
const pages = new WeakMap<Page, HostWebContents>()
let lastId = 0

/** The page of one window. Its methods wait by themselves until Chromium has made it. */
export class HostWebContents extends StrictEmitter implements Implements<Electron.WebContents> {
  readonly id = ++lastId
  readonly session = defaultSession as unknown as Electron.Session
  /** What the app sees: anything that is not here throws. */
  readonly guarded: Electron.WebContents
  readonly #preload: string | null
  readonly #open: () => Promise<Page>
  readonly #onClose: () => void
  #page: Promise<Page>
  #cdp: CDPSession | null = null
  #opened: Page | null = null
  #mainFrameId = ''
  #preloadContext: number | null = null
  /** The address that the app itself asked for; every other navigation is the page's own doing. */
  #asked: string | null = null
  #windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null
  #destroyed = false
  #unsent: ToPage[] = []

  constructor(options: {
    readonly preload: string | null
    /** Opens the page; once more when it has crashed, since Playwright gives up a page that did. */
    readonly open: () => Promise<Page>
    readonly onClose: () => void
  }) {
    super('webContents', events)
    this.#preload = options.preload
    this.#open = options.open
    this.#onClose = options.onClose
    this.guarded = strict('webContents', this) as unknown as Electron.WebContents
    this.#page = this.#openPage()
  }

  get mainFrame(): Electron.WebFrameMain {
    return strict('webFrameMain', { url: this.getURL(), parent: null, top: null }) as unknown as Electron.WebFrameMain
  }

  page(): Promise<Page> {
    return this.#page
  }

  getURL(): string {
    return this.#opened ? fromChromium(this.#opened.url()) : ''
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page
    this.#asked = toChromium(url)
    this.emit('did-start-loading', preventable({}))
    await page.goto(this.#asked)
  }

  reload(): void {
    const url = this.getURL()
    void this.loadURL(url).catch((error: Error) => this.#failed(error, url))
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ kind: 'event', channel, args })
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#windowOpenHandler = handler
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#page).evaluate(code)
  }

  async capturePage(): Promise<Electron.NativeImage> {
    return refuse('webContents.capturePage')
  }

  startDrag(item: Electron.Item): void {
    noteCall('webContents.startDrag', item)
  }

  openDevTools(): void {
    noteCall('webContents.openDevTools')
  }

  /** Called by the window when it goes. */
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    void this.#page.then((page) => page.close()).catch(() => {})
    this.emit('destroyed')
  }

  #openPage(): Promise<Page> {
    const page = this.#open().then((opened) => this.#prepare(opened))
    page.catch(() => {})
    return page
  }

  #crashed(page: Page): void {
    this.#page = this.#openPage()
    void this.#page.then(() => page.close())
    this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 })
  }

  async #prepare(page: Page): Promise<Page> {
    this.#opened = page
    const cdp = await page.context().newCDPSession(page)
    this.#cdp = cdp
    await this.#installPreload(cdp)
    await defaultSession.applyPermissions(cdp)
    pages.set(page, this)
    page.on('domcontentloaded', () => this.emit('dom-ready', preventable({})))
    page.on('load', () => this.emit('did-finish-load', preventable({})))
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.emit('did-navigate', preventable({}), fromChromium(frame.url()), 200, 'OK')
    })
    page.on('crash', () => this.#crashed(page))
    page.on('close', () => {
      if (page === this.#opened) this.#onClose()
    })
    page.on('download', (download) => {
      defaultSession.emit('will-download', preventable({}), {}, this.guarded)
      void download.cancel().catch(() => {})
    })
    return page
  }

  async #installPreload(cdp: CDPSession): Promise<void> {
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== preloadWorld || context.auxData?.type !== 'isolated') return
      if (context.auxData.frameId !== this.#mainFrameId) return
      this.#preloadContext = context.id
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#preloadContext === executionContextId) this.#preloadContext = null
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== sendBinding) return
      this.#preloadContext = executionContextId
      this.#receive(codec.decode(payload) as FromPage)
    })
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    if (this.#preload === null) return
    const { mainWorld, isolatedWorld } = pageScripts({
      channel: randomBytes(16).toString('hex'),
      preload: readFileSync(this.#preload, 'utf8'),
      process: { platform: process.platform, arch: process.arch, versions: process.versions, type: 'renderer' },
    })
    await cdp.send('Runtime.addBinding', { name: sendBinding, executionContextName: preloadWorld })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorld })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld, worldName: preloadWorld })
  }

  #receive(message: FromPage): void {
    switch (message.kind) {
      case 'invoke': {
        const { id, channel, args } = message
        receiveInvoke(this.guarded, this.mainFrame, channel, args).then(
          (value) => this.#post({ kind: 'result', id, value }),
          (error: unknown) =>
            this.#post({ kind: 'failure', id, message: `Error invoking remote method '${channel}': ${error}` }),
        )
        return
      }
      case 'send':
        receiveSend(this.guarded, this.mainFrame, message.channel, message.args)
        return
      case 'open-window':
        this.askToOpen(fromChromium(message.url))
        return
      case 'preload-error':
        this.emit('preload-error', preventable({}), this.#preload, new Error(message.message))
        return
      case 'missing':
        try {
          refuse(message.what)
        } catch {
          // It has been thrown in the page already; here it is only recorded.
        }
    }
  }

  #post(message: ToPage): void {
    this.#unsent.push(message)
    if (this.#unsent.length === 1) queueMicrotask(() => void this.#deliver())
  }

  async #deliver(): Promise<void> {
    await this.#page
    const messages = this.#unsent
    this.#unsent = []
    if (this.#destroyed || this.#preloadContext === null || !this.#cdp) return
    const calls = messages.map((message) => `${receiveFunction}(${JSON.stringify(codec.encode(message))})`)
    await this.#cdp
      .send('Runtime.evaluate', { expression: calls.join(';'), contextId: this.#preloadContext })
      .catch(() => {})
  }

  /** Decides on a request of this page, as Electron asks the app to. */
  async decide(route: Route): Promise<void> {
    const request = route.request()
    const url = fromChromium(request.url())
    if (request.isNavigationRequest() && this.#isNavigationPrevented(request, url)) return route.abort('aborted')
    if (await defaultSession.isRequestCancelled(url, request)) return route.abort('blockedbyclient')
    return route.continue()
  }

  /** Asks the app about a window that this page wants to open. The host has no others than the app's own. */
  askToOpen(url: string): void {
    const referrer: Electron.Referrer = { url: '', policy: 'default' }
    const details = { url, frameName: '', features: '', disposition: 'new-window', referrer } as const
    if (this.#windowOpenHandler?.(details).action !== 'deny') refuse('windows that a page opens')
  }

  #isNavigationPrevented(request: PageRequest, url: string): boolean {
    const isMainFrame = request.frame().parentFrame() === null
    if (isMainFrame && request.url() === this.#asked) {
      this.#asked = null
      return false
    }
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: null, initiator: null })
    this.emit('will-frame-navigate', event)
    if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, url)
    if (isMainFrame && !event.defaultPrevented) this.emit('did-start-loading', preventable({}))
    return event.defaultPrevented
  }

  #failed(error: Error, url: string): void {
    this.emit('did-fail-load', preventable({}), -2, error.message, url, true)
  }
}

/** Tells the app of new contents, as soon as they are made. */
export function announceContents(contents: HostWebContents): void {
  hostApp.emit('web-contents-created', preventable({}), contents.guarded)
}

/** The contents that a page is of; null for a pop-up's. */
export function contentsOfPage(page: Page): HostWebContents | null {
  return pages.get(page) ?? null
}
