import { type BrowserWindow, ClipboardItem, clipboard } from 'electron'
import { Failure } from '../../core/failure.ts'
import { clipboardFormats } from '../../core/staging/clipboard-files.ts'
import type { Staging } from '../../core/staging/staging.ts'
import { maximumDragged } from '../../shared/limits.ts'
import { dragPicture } from '../drag-out.ts'
import type { Listings } from '../listings.ts'
import type { Once } from '../once.ts'
import { openFile } from '../open-file.ts'
import type { HandlersOf } from './handlers-of.ts'

export type StagingParts = {
  readonly staging: Once<Staging>
  readonly listings: Pick<Listings, 'get'>
  readonly window: () => BrowserWindow | null
}

export function stagingCommands({ staging, listings, window }: StagingParts): HandlersOf<'staging'> {
  return {
    'staging:prefetch': async ({ urgent, ...wanted }) => {
      dragPicture(wanted.nodes.length)
      // How far it is, and what failed, is told by events.
      void (await staging()).prefetch(wanted, urgent)
    },
    'staging:open': async (wanted) => openFile(window(), await (await staging()).stageToOpen(wanted)),
    'staging:copy': async ({ listing, files }) => {
      const nodes = await listings.get(listing).outermost(files, maximumDragged)
      if (nodes === null) throw tooMany()
      const paths = await (await staging()).stage({ listing, nodes })
      await clipboard.write([filesItem(paths)])
      return paths.length
    },
  }
}

function tooMany(): Failure {
  const most = maximumDragged.toLocaleString('en')
  return new Failure({
    kind: 'too-large',
    message: `That is more than ${most} files and folders. Nothing was copied: choose fewer, or download them.`,
  })
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
