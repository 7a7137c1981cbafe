import { app, type BrowserWindow, dialog } from 'electron'
import type { Logger } from '../core/log/logger.ts'
import { appOrigin } from './protocol.ts'

const errorPage = `${appOrigin}/error.html`
/** Chromium's code for a page that gave way to the next one. */
const abortedByAnother = -3

/** Logs what nobody caught in the main process, and tells the person once. */
export function catchFaults(log: Logger): void {
  let told = false
  const onFault = (what: string) => (error: unknown) => {
    log.error(what, { error })
    if (told || !app.isReady()) return
    told = true
    void tellOfFault()
  }
  process.on('uncaughtException', onFault('Nobody caught an error'))
  process.on('unhandledRejection', onFault('Nobody caught a rejection'))
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.error('A helper process is gone', { type, reason, exitCode })
  })
}

async function tellOfFault(): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Something went wrong in Asteroid Files.',
    detail:
      'Downloaded files are intact. You can continue, but it is safer to restart the app. Help, Copy diagnostics tells more.',
    buttons: ['Go on', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
}

/** Puts an error page where a window's page has died or could not start, and asks what to do when one no longer answers. */
export function watchWindow(window: BrowserWindow, log: Logger): void {
  const { webContents } = window
  let isErrorShown = false
  const showError = () => {
    // An error page that fails itself would otherwise be loaded again and again.
    if (isErrorShown || window.isDestroyed()) return
    isErrorShown = true
    // An event tells of it, below.
    window.loadURL(errorPage).catch(() => {})
  }
  webContents.on('did-navigate', (_event, url) => {
    isErrorShown = url === errorPage
  })
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error('The window’s process is gone', { reason, exitCode })
    showError()
  })
  webContents.on('preload-error', (_event, _path, error) => {
    log.error('The preload failed', { error })
    showError()
  })
  webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (!isMainFrame || code === abortedByAnother) return
    log.error('The window’s page could not be loaded', { code, description, url })
    showError()
  })
  window.on('unresponsive', () => {
    log.warn('The window does not answer')
    void askToReload(window)
  })
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail: 'Downloads continue. You can wait, or reload the window.',
    buttons: ['Wait', 'Reload window'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1 && !window.isDestroyed()) window.webContents.reload()
}
