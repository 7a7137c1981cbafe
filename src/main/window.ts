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

/** Opens the app's one window. It is shown when its first page has been painted. */
export function openWindow(placementFile: StateFile<Placement>): BrowserWindow {
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
  window.once('ready-to-show', () => {
    if (placement.maximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    placementFile.writeNow({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  void window.loadURL(startPage)
  return window
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
