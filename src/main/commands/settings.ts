import { app, type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import { parseBase } from '../../core/api/request-policy.ts'
import { Failure } from '../../core/failure.ts'
import type { SettingsStore } from '../settings.ts'
import type { HandlersOf } from './handlers-of.ts'

export type SettingsParts = { readonly settings: SettingsStore; readonly window: () => BrowserWindow | null }

export function settingsCommands({ settings, window }: SettingsParts): HandlersOf<'settings'> {
  return {
    'settings:get': () => settings.get(),
    'settings:change': async (changes) => {
      checkChanges(changes)
      if (!(await agreesToBase(window(), settings.get().baseUrl, changes.baseUrl))) return settings.get()
      return settings.change(changes)
    },
    'settings:choose-download-folder': async () => {
      const downloadFolder = await chooseFolder(window(), settings.get().downloadFolder ?? app.getPath('downloads'))
      return downloadFolder === null ? settings.get() : settings.change({ downloadFolder })
    },
  }
}

/** Lets the person choose a folder; null when they chose none. */
export async function chooseFolder(window: BrowserWindow | null, start: string): Promise<string | null> {
  const options: OpenDialogOptions = { defaultPath: start, properties: ['openDirectory', 'createDirectory'] }
  const { filePaths } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return filePaths[0] ?? null
}

/** Where files are written is the person's choice, made in the system's own dialog: the window can't name a folder. */
function checkChanges(changes: Readonly<Record<string, unknown>>): void {
  if (typeof changes.downloadFolder === 'string')
    throw new Failure({ kind: 'invalid-input', message: 'Choose the download folder with its button.' })
  if (typeof changes.baseUrl === 'string') parseBase(changes.baseUrl)
}

/**
 * Asks the person before another API is used, in a dialog that no script in the window can answer: a key from the
 * environment would be sent there.
 */
async function agreesToBase(window: BrowserWindow | null, before: string | null, next: unknown): Promise<boolean> {
  if (typeof next !== 'string' || next === before) return true
  const options = {
    type: 'question',
    message: `Use ${parseBase(next).href} as the API?`,
    detail: 'Your key is sent there with each request. Use it only if you know whose it is.',
    buttons: ['Don’t use', 'Use'],
    defaultId: 0,
    cancelId: 0,
  } satisfies MessageBoxOptions
  const { response } = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options)
  return response === 1
}
