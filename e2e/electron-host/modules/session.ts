import type { Request as PageRequest } from 'playwright-core'
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

/** Permissions are denied by Chromium's own defaults here; the handlers are kept, and only the real Electron asks them. */
class HostSession extends StrictEmitter implements Implements<Electron.Session> {
  #beforeRequest: RequestListener = null
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
    noteCall('session.setPermissionCheckHandler', handler)
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
