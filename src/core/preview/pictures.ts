import { maximumPictureBytes } from '../../shared/limits.ts'
import { type Picture, type PictureType, pictureTypes } from '../../shared/models/preview.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { OpenListing } from '../listing/open-listing.ts'
import { picturePath } from './picture-path.ts'
import { createRemoteFile } from './remote-file.ts'
import { findSignature } from './signatures.ts'

/**
 * Reads the picture that a document of a run shows from among the run's own files. Null for what is elsewhere, is too
 * large, or is no picture by its bytes; a drawing is none, since it may hold scripts. Throws a `Failure`.
 */
export async function readPicture(options: {
  readonly source: Pick<OpenListing, 'fileAt' | 'relist'>
  readonly client: Pick<AsteroidClient, 'openContent'>
  /** `<directory>/<path within it>` of the document. */
  readonly documentPath: string
  readonly reference: string
}): Promise<Picture | null> {
  const { source, client, documentPath, reference } = options
  const path = picturePath(documentPath, reference)
  const file = path === null ? null : await source.fileAt(path)
  if (!file || (file.size ?? 0) > maximumPictureBytes) return null
  const { bytes, size } = await createRemoteFile({ client, source, file }).read(0, maximumPictureBytes)
  const isWhole = size === null ? bytes.length < maximumPictureBytes : bytes.length >= size
  const mime = findSignature(bytes)?.mime ?? ''
  return isWhole && isPictureType(mime) ? { mime, bytes } : null
}

function isPictureType(mime: string): mime is PictureType {
  return pictureTypes.some((type) => type === mime)
}
