import { type BrowserWindow, ClipboardItem, clipboard } from 'electron'
import { clipboardFormats } from '../../core/staging/clipboard-files.ts'
import type { Staging } from '../../core/staging/staging.ts'
import { dragPicture } from '../drag-out.ts'
import type { Once } from '../once.ts'
import { openFile } from '../open-file.ts'
import type { HandlersOf } from './handlers-of.ts'

export type StagingParts = { readonly staging: Once<Staging>; readonly window: () => BrowserWindow | null }

export function stagingCommands({ staging, window }: StagingParts): HandlersOf<'staging'> {
  return {
    'staging:prefetch': async ({ urgent, ...wanted }) => {
      dragPicture(wanted.nodes.length)
      // How far it is, and what failed, is told by events.
      void (await staging()).prefetch(wanted, urgent)
    },
    'staging:open': async (wanted) => openFile(window(), await (await staging()).stageToOpen(wanted)),
    'staging:copy': async (wanted) => {
      const paths = await (await staging()).stage(wanted)
      await clipboard.write([filesItem(paths)])
      return paths.length
    },
  }
}

/** All formats go on the clipboard at once: one by one, each would replace the last. */
function filesItem(paths: readonly string[]): ClipboardItem {
  const formats = clipboardFormats(process.platform, paths).map(
    ({ format, content }) => [systemFormat(format), new Blob([new Uint8Array(content)])] as const,
  )
  return new ClipboardItem(Object.fromEntries(formats))
}

/** How Electron names a format of the system's own clipboard. */
function systemFormat(format: string): string {
  return `electron application/osclipboard;format="${format}"`
}
