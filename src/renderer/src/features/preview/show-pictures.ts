import { longestReference, maximumBytesOfPictures, maximumPictures } from '../../../../shared/limits.ts'
import type { Picture } from '../../../../shared/models/preview.ts'
import type { WantedPicture } from './clean-html.ts'
import type { PreviewReader } from './preview-reader.ts'

const atOnce = 4

/**
 * Shows the pictures of a document that are files of its run, each once read, up to a bound. Nothing is asked of anybody
 * but the run's own storage, by the app; the document gets the bytes. Never throws: what can't be read stays as it was.
 */
export async function showPictures(
  reader: Pick<PreviewReader, 'picture'>,
  wanted: readonly WantedPicture[],
  signal: AbortSignal,
): Promise<void> {
  const byReference = Map.groupBy(wanted, ({ reference }) => reference)
  const references = [...byReference.keys()].filter((reference) => mayBeOfRun(reference)).slice(0, maximumPictures)
  const next = references.values()
  let room = maximumBytesOfPictures
  const showSome = async () => {
    for (const reference of next) {
      if (signal.aborted || room <= 0) return
      // A picture that can't be had leaves its place empty, as one that may not be shown.
      const picture = await reader.picture(reference).catch(() => null)
      if (!picture) continue
      const places = byReference.get(reference) ?? []
      // A page holds a picture as often as it shows it.
      room -= picture.bytes.length * places.length
      if (room < 0) return
      const dataUrl = await dataUrlOf(picture)
      if (!signal.aborted) for (const { show } of places) show(dataUrl)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, showSome))
}

/** Spares a question whose answer is known. Which file is meant, and whether it may be shown, is decided by the core. */
function mayBeOfRun(reference: string): boolean {
  return reference !== '' && reference.length <= longestReference && !/^(\/|[a-z][a-z\d+.-]*:)/i.test(reference)
}

function dataUrlOf({ bytes, mime }: Picture): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => resolve(String(reader.result))
  reader.onerror = () => reject(new Error('The picture could not be written down.'))
  reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }))
  return promise
}
