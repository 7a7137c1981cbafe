import { app, type Session, type WebContents } from 'electron'
import type { Logger } from '../core/log/logger.ts'
import type { IsTrusted } from './ipc.ts'
import { isAppUrl, startPage } from './protocol.ts'

const innerSchemes = new Set(['blob:', 'data:', 'devtools:'])

/** Trusts the main frame of the app's own window, at the app's exact origin. A frame that is gone is not trusted. */
export function createTrust(window: () => WebContents | null): IsTrusted {
  return ({ sender, senderFrame }) =>
    senderFrame !== null && sender === window() && senderFrame.parent === null && isAppUrl(senderFrame.url)
}

/**
 * Keeps Chromium from finding any host: what it connects to or looks up ahead of a click asks no request handler. The
 * API is reached by Node alone. To be called before the app is ready.
 */
export function closeNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/** Denies every permission and device, and every request that leaves the app's own origin. */
export function secureSession(session: Session, log: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn('A permission was denied', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  // The spell checker would fetch its dictionaries from the network.
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) => {
    const allowed = isAppUrl(url) || innerSchemes.has(schemeOf(url))
    if (!allowed) log.warn('A request to elsewhere was stopped', { url })
    answer({ cancel: !allowed })
  })
  session.on('will-download', (event) => {
    log.warn('A download by the window itself was stopped')
    event.preventDefault()
  })
}

/** Keeps every page where it is: no navigation, no new window, no webview. */
export function secureContents(log: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('A new window was stopped', { url })
      return { action: 'deny' }
    })
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame ? event.url === startPage : isAppUrl(event.url)) return
      log.warn('A navigation was stopped', { url: event.url })
      event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : ''
}
