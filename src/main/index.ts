import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { app, type BrowserWindow, clipboard, nativeTheme, session } from 'electron'
import type { z } from 'zod'
import { listingWorkerUrl } from '../core/listing/thread/worker-url.ts'
import { createRedactor } from '../core/log/redact.ts'
import { settingsSchema } from '../shared/models/settings.ts'
import { applySettings } from './apply-settings.ts'
import { watchBatches } from './batches.ts'
import { createHandlers } from './commands.ts'
import { connect } from './connections.ts'
import { assembleCore } from './core-parts.ts'
import { claimDeepLinks, registerDeepLinks } from './deep-links.ts'
import { describeForReport } from './diagnostics.ts'
import { serveDrags } from './drag-out.ts'
import { createExecutionInbox } from './execution-inbox.ts'
import { catchFaults, watchWindow } from './faults.ts'
import { createEmit, serve } from './ipc.ts'
import { openFileLog } from './log.ts'
import { setMenu } from './menu.ts'
import { registerForNotifications } from './notifications.ts'
import { onWake } from './power.ts'
import { registerAppScheme, serveBundle } from './protocol.ts'
import { quitInOrder } from './quit.ts'
import { createRecents, recentsSchema } from './recents.ts'
import { closeNetwork, createTrust, secureContents, secureSession } from './security.ts'
import { createSettings } from './settings.ts'
import { openStateFile, type StateFile } from './state-file.ts'
import { createTimings } from './timings.ts'
import { bringToFront, openWindow, placementSchema } from './window.ts'

const profile = app.getPath('userData')
const redactor = createRedactor(app.getPath('home'))
const log = openFileLog(path.join(profile, 'logs', 'main.log'), redactor)
const timings = createTimings(log)
let window: BrowserWindow | null = null
const currentWindow = () => window
const stateFiles: Pick<StateFile<unknown>, 'settled'>[] = []
const emit = createEmit(currentWindow)
const inbox = createExecutionInbox((execution) => emit('app:open-execution', execution))
/** Brings the window to the front, or opens one; until Electron is ready there is none to bring. */
let bringUp = () => {}
/** Shows the window that was opened last, now that there is something to see in it. */
let showPainted = () => {}

timings.mark('main')
// What is loaded later is compiled once, and not at each start.
enableCompileCache(path.join(profile, 'compile-cache'))
catchFaults(log)
registerAppScheme()
closeNetwork()
secureContents(log)
if (claimDeepLinks(inbox.hand, () => bringUp())) {
  // Not awaited here: Electron gets ready only once this module has run to its end.
  void app.whenReady().then(start)
} else {
  app.quit()
}

/** Puts the parts together, once Electron is ready. */
function start(): void {
  timings.mark('ready')
  secureSession(session.defaultSession, log)
  const settings = createSettings(
    state('settings.json', settingsSchema, () => settingsSchema.parse({})),
    (changed, before) => {
      emit('settings:changed', changed)
      applySettings(changed, before, { core, connections, emit }).catch((error: unknown) =>
        log.error('A setting could not be applied', { error }),
      )
    },
  )
  nativeTheme.themeSource = settings.get().theme
  const recents = createRecents(
    state('recents.json', recentsSchema, () => []),
    (changed) => emit('recents:changed', [...changed]),
  )
  const placement = state('window.json', placementSchema, () => ({ bounds: null, maximized: false }))
  const connections = connect({
    settings,
    hide: redactor.hide,
    onAccountChange(account) {
      emit('account:changed', account)
      // What waits for a key goes on with the new one.
      if (account.signedIn) wakeTransfers()
    },
    log,
  })
  const batches = watchBatches({ window: currentWindow, emit, bringUp: () => bringUp() })
  const listingWorker = listingWorkerUrl(import.meta.url)
  const core = assembleCore({
    profile,
    connections,
    settings,
    listingWorker,
    emit,
    onListing: (listing) => {
      emit('listing:changed', listing)
      recents.learn(listing)
    },
    onBatches: batches.onChange,
    log,
  })

  serveBundle({
    folder: path.join(import.meta.dirname, '../renderer'),
    content: async (request) => (await core.previews()).answer(request),
    log,
  })
  const diagnostics = () => describeForReport({ settings: settings.get(), timings, log, redactor })
  const handlers = createHandlers({
    ...core,
    ...connections,
    settings,
    recents,
    log,
    window: currentWindow,
    onReady: inbox.take,
    onPainted: () => showPainted(),
    onRows: () => timings.mark('first-rows'),
    diagnostics,
  })
  const isTrusted = createTrust(() => window?.webContents ?? null)
  serve(handlers, isTrusted, log)
  serveDrags({
    isTrusted,
    staging: core.staging,
    onNotReady: (drag) => emit('staging:not-ready', drag),
    log,
  })
  const quitting = quitInOrder({
    window: currentWindow,
    runningCount: batches.runningCount,
    close: () => Promise.all([core.close(), ...stateFiles.map((file) => file.settled())]),
    log,
  })

  showWindow()
  setMenu((action) => {
    // Also where the window has no page that could ask for it, but that of an error.
    if (action === 'copy-diagnostics') copyText(diagnostics())
    emit('menu:chosen', action)
  }, app.isPackaged)
  registerDeepLinks()
  registerForNotifications()
  bringUp = () => (window ? bringToFront(window) : showWindow())
  app.on('activate', bringUp)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  onWake(wakeTransfers)

  function wakeTransfers(): void {
    core
      .transfers()
      .then((transfers) => transfers.wake())
      .catch((error: unknown) => log.error('Downloads could not be woken', { error }))
  }

  /** Loads what is wanted next while the person looks for a run: one after the other, so that none holds the rest up. */
  async function getReadyForRuns(): Promise<void> {
    await core.prepare().catch((error: unknown) => log.error('The code for runs could not be loaded', { error }))
    // What an earlier run left to be downloaded goes on once the person has a window to see it in.
    await core.transfers().catch((error: unknown) => log.error('Downloads could not be taken up again', { error }))
    // Clears the copies that an earlier run left.
    await core.staging().catch((error: unknown) => log.error('Copies for drags could not be prepared', { error }))
  }

  function copyText(text: string): void {
    clipboard.writeText(text).catch((error: unknown) => log.error('Nothing could be copied', { error }))
  }

  function leavePage(): void {
    inbox.pause()
    core.listings
      .closeAll()
      .catch((error: unknown) => log.error('What the window had open could not be closed', { error }))
  }

  function showWindow(): void {
    const { window: opened, showFirst } = openWindow(placement)
    window = opened
    showPainted = showFirst
    watchWindow(opened, log)
    // A page that is loaded anew, and one that is gone, know nothing of what an earlier one had open.
    opened.webContents.on('did-navigate', leavePage)
    opened.on('closed', () => {
      window = null
      leavePage()
    })
    opened.once('show', () => {
      timings.mark('window-shown')
      void getReadyForRuns()
    })
    // Where closing the window ends the app, it is asked about downloads while it is still there.
    opened.on('close', (event) => {
      if (process.platform === 'darwin' || quitting.isQuitting()) return
      event.preventDefault()
      app.quit()
    })
  }
}

function state<T>(name: string, schema: z.ZodType<T>, fallback: () => T): StateFile<T> {
  const file = openStateFile({ file: path.join(profile, name), schema, fallback, log })
  stateFiles.push(file)
  return file
}
