import { app, type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { parseBase } from '../../core/api/request-policy.ts'
import { Failure } from '../../core/failure.ts'
import type { HandlersOf } from '../commands.ts'
import type { SettingsStore } from '../settings.ts'

export type SettingsParts = { readonly settings: SettingsStore; readonly window: () => BrowserWindow | null }

export function settingsCommands({ settings, window }: SettingsParts): HandlersOf<'settings'> {
  return {
    'settings:get': () => settings.get(),
    'settings:change': (changes) => {
      checkChanges(changes)
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
