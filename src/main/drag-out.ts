import { nativeImage } from 'electron'
import type { Logger } from '../core/log/logger.ts'
import { drawDragPicture } from '../core/staging/drag-picture.ts'
import type { Staging } from '../core/staging/staging.ts'
import { type Drag, type IsTrusted, listenForDrags } from './ipc.ts'
import type { Once } from './once.ts'

const pictures = new Map<number, Electron.NativeImage>()

/** The picture that hangs at the pointer. Drawn when files are selected, since a drag can't wait for it. */
export function dragPicture(count: number): Electron.NativeImage {
  const known = pictures.get(count)
  if (known) return known
  const picture = nativeImage.createFromBuffer(drawDragPicture(count), { scaleFactor: 2 })
  pictures.set(count, picture)
  return picture
}

/**
 * Hands files to the system's drag when the window asks for it.
 *
 * The window names rows, never paths; only copies that are ready are handed over.
 */
export function serveDrags(options: {
  readonly isTrusted: IsTrusted
  readonly staging: Once<Staging>
  /** Hears of files that are not ready, though the window took them to be. */
  readonly onNotReady: (drag: Drag) => void
  readonly log: Logger
}): void {
  const { isTrusted, staging, onNotReady, log } = options
  listenForDrags(
    (drag, contents) => {
      // Before anything was fetched there is nothing to drag, and no reason to start the staging for it.
      if (!staging.started()) return onNotReady(drag)
      staging()
        .then(({ takeReady }) => {
          const files = takeReady(drag)
          const [file] = files ?? []
          if (!files || !file) return onNotReady(drag)
          contents.startDrag({ file, files: [...files], icon: dragPicture(files.length) })
        })
        .catch((error: unknown) => {
          log.error('A drag failed', { error })
          onNotReady(drag)
        })
    },
    isTrusted,
    log,
  )
}
