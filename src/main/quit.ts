import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Logger } from '../core/log/logger.ts'

/** How long closing down may take before the app goes anyway. Milliseconds. */
const patience = 5_000

export type Quitting = { readonly isQuitting: () => boolean }

/** Asks before quitting while something runs, and closes everything in order before the process goes. */
export function quitInOrder(options: {
  readonly window: () => BrowserWindow | null
  /** How many downloads would be interrupted. */
  readonly runningCount: () => number
  readonly close: () => Promise<unknown>
  readonly log: Logger
}): Quitting {
  const { window, runningCount, close, log } = options
  let phase: 'open' | 'asking' | 'closing' | 'closed' = 'open'

  async function quit(): Promise<void> {
    phase = 'asking'
    if (runningCount() > 0 && !(await agrees(window(), runningCount()))) {
      phase = 'open'
      return
    }
    phase = 'closing'
    const closed = close().catch((error: unknown) => log.error('Not everything could be closed', { error }))
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, patience))])
    phase = 'closed'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (phase === 'closed') return
    event.preventDefault()
    if (phase === 'open') void quit()
  })
  return { isQuitting: () => phase === 'closed' }
}

async function agrees(window: BrowserWindow | null, running: number): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: running === 1 ? 'A download is running. Quit?' : `${running} downloads are running. Quit?`,
    detail: 'What came is kept, and can go on from there when you start Asteroid Files again. A ZIP file begins anew.',
    buttons: ['Keep downloading', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  }
  const { response } = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options)
  return response === 1
}
