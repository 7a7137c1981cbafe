import { handleScheme, registerScheme } from './app-server.ts'
import { hostApp } from './modules/app.ts'
import { BrowserWindow } from './modules/browser-window.ts'
import {
  clipboard,
  dialog,
  HostClipboardItem,
  HostNotification,
  nativeImage,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
} from './modules/desktop.ts'
import { ipcMain } from './modules/ipc-main.ts'
import { Menu } from './modules/menu.ts'
import { nativeTheme } from './modules/native-theme.ts'
import { session } from './modules/session.ts'
import { absent, refuse, strict } from './unimplemented.ts'

const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (hostApp.isReady()) refuse('protocol.registerSchemesAsPrivileged after the app is ready')
    for (const { scheme } of schemes) registerScheme(scheme)
  },
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
    handleScheme(scheme, handler),
}

type Electron = typeof import('electron')

/** Every module of Electron that the host has. Names are checked against Electron's own types. */
const modules = {
  app: hostApp,
  BrowserWindow,
  clipboard,
  ClipboardItem: HostClipboardItem,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification: HostNotification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
} satisfies { [Name in keyof Electron]?: { [Member in keyof Electron[Name]]?: unknown } }

const guarded = new Map<string, unknown>(
  Object.entries(modules).map(([name, module]) => [
    name,
    typeof module === 'function' ? module : strict(name, module as object),
  ]),
)

/** A module as the app gets it: what it lacks throws. Classes guard their own instances. */
export function electronModule(name: string): unknown {
  return guarded.get(name) ?? absent(name)
}

/** All modules, as tests get them. */
export const electron = new Proxy({}, { get: (_target, name) => electronModule(String(name)) })
