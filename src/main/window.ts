import path from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { z } from 'zod'
import { startPage } from './protocol.ts'
import type { StateFile } from './state-file.ts'

/** Where the window stood when it was last closed. */
export const placementSchema = z
  .object({
    bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
    maximized: z.boolean(),
  })
  .readonly()
export type Placement = z.infer<typeof placementSchema>

const defaultSize = { width: 1200, height: 760 }
const smallestSize = { minWidth: 720, minHeight: 480 }

/** How long a page that is loaded may take to say that it is painted; after that it is shown as it is. */
const patienceMilliseconds = 1_000

export type OpenedWindow = {
  readonly window: BrowserWindow
  /** Shows the window, the first time; to be called when what it holds is painted. */
  readonly showFirst: () => void
}

/**
 * Opens the app's one window, hidden. Electron's `ready-to-show` comes with the page's first paint, when there is nothing
 * on it yet; so the page says itself when there is.
 */
export function openWindow(placementFile: StateFile<Placement>): OpenedWindow {
  const placement = placementFile.read()
  const window = new BrowserWindow({
    ...defaultSize,
    ...smallestSize,
    ...(placement.bounds && isOnScreen(placement.bounds) ? placement.bounds : {}),
    show: false,
    title: 'Asteroid Files',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1c1c1e' : '#ffffff',
    titleBarStyle: process.platform === 'darwin' ? 'hiddenInset' : 'default',
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  })
  let wasShown = false
  const showFirst = () => {
    if (wasShown || window.isDestroyed()) return
    wasShown = true
    if (placement.maximized) window.maximize()
    window.show()
  }
  // A page that never says so, as that of an error, is better seen than not.
  window.once('ready-to-show', () => setTimeout(showFirst, patienceMilliseconds))
  window.on('close', () => {
    placementFile.writeNow({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  // A page that can't be loaded is told by an event, which whoever watches the window hears.
  window.loadURL(startPage).catch(() => {})
  return { window, showFirst }
}

/** Brings a window to the front, from wherever it is. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** A display may have gone since: a window nobody can reach is worse than one at its default place. */
function isOnScreen(bounds: NonNullable<Placement['bounds']>): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  const visibleWidth = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  const top = bounds.y - workArea.y
  return visibleWidth > 100 && top > -20 && top < workArea.height - 50
}
