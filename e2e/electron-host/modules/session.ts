import type { CDPSession, Request as PageRequest } from 'playwright-core'
import { type Implements, StrictEmitter } from '../emitter.ts'
import { noteCall, refuse, strict } from '../unimplemented.ts'

type RequestListener =
  | ((details: Electron.OnBeforeRequestListenerDetails, answer: (response: Electron.CallbackResponse) => void) => void)
  | null

/** Electron's names for what Playwright calls a resource's type. */
const resourceTypes: Readonly<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>> = {
  stylesheet: 'stylesheet',
  script: 'script',
  image: 'image',
  font: 'font',
  media: 'media',
  xhr: 'xhr',
  fetch: 'xhr',
  ping: 'ping',
  websocket: 'webSocket',
}

/** What pages may ask for, by Chromium's name and by Electron's. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['window-management', 'window-management'],
  ['background-sync', 'background-sync'],
  ['persistent-storage', 'persistent-storage'],
] as const

type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0]

/**
 * Chromium is told what the check handler answers, before a page asks. So pages find a permission as it would be in
 * Electron, but the request handler, which answers while a page waits, is never called here.
 */
class HostSession extends StrictEmitter implements Implements<Electron.Session> {
  #beforeRequest: RequestListener = null
  #permissionCheck: PermissionCheck = null
  #lastRequest = 0
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (filter: Electron.WebRequestFilter, listener: RequestListener) => {
      if (!filter.urls.includes('<all_urls>')) refuse('webRequest filters other than <all_urls>')
      this.#beforeRequest = listener
    },
  }) as unknown as Electron.WebRequest

  setPermissionRequestHandler(handler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]): void {
    noteCall('session.setPermissionRequestHandler', handler)
  }

  setPermissionCheckHandler(handler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]): void {
    this.#permissionCheck = handler
  }

  setDevicePermissionHandler(handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {
    noteCall('session.setDevicePermissionHandler', handler)
  }

  setDisplayMediaRequestHandler(handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]): void {
    noteCall('session.setDisplayMediaRequestHandler', handler)
  }

  setSpellCheckerEnabled(enable: boolean): void {
    noteCall('session.setSpellCheckerEnabled', enable)
  }

  /** Sets what a new page of the app's finds its permissions to be. */
  async applyPermissions(cdp: CDPSession): Promise<void> {
    for (const [name, asked] of permissions) {
      const granted = this.#permissionCheck?.(null, asked, 'app://bundle/', { isMainFrame: true }) ?? true
      await cdp.send('Browser.setPermission', { permission: { name }, setting: granted ? 'granted' : 'denied' })
    }
  }

  /** Asks the app's listener whether a request may go out. */
  isRequestCancelled(url: string, request: PageRequest): Promise<boolean> {
    const listener = this.#beforeRequest
    if (!listener) return Promise.resolve(false)
    const isMain = request.isNavigationRequest() && request.frame().parentFrame() === null
    const type = request.isNavigationRequest() ? (isMain ? 'mainFrame' : 'subFrame') : undefined
    const details: Electron.OnBeforeRequestListenerDetails = {
      id: ++this.#lastRequest,
      url,
      method: request.method(),
      resourceType: type ?? resourceTypes[request.resourceType()] ?? 'other',
      referrer: '',
      timestamp: Date.now(),
      uploadData: [],
    }
    return new Promise((resolve) => listener(details, ({ cancel }) => resolve(cancel ?? false)))
  }
}

export const defaultSession = new HostSession('session', ['will-download'])
export const session = { defaultSession: strict('session', defaultSession) as unknown as Electron.Session }
