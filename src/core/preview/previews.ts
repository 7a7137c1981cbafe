import { headBytes } from '../../shared/limits.ts'
import type { Picture, PreviewHead, PreviewPart } from '../../shared/models/preview.ts'
import type { AsteroidClient } from '../api/client.ts'
import { Failure } from '../failure.ts'
import type { OpenListing } from '../listing/open-listing.ts'
import { createBoundedMap } from './bounded-map.ts'
import { createContentRoute } from './content-route.ts'
import { findFileKind } from './file-kind.ts'
import { readPicture } from './pictures.ts'
import { createRemoteFile, type RemoteFile } from './remote-file.ts'

/** A file of an open listing. */
export type FileAddress = { readonly listing: number; readonly node: number }

export type PreviewsOptions = {
  /** Answers an open listing and the client to read its files with. Throws a `Failure` when it is closed. */
  readonly listingOf: (listing: number) => Promise<{
    readonly source: Pick<OpenListing, 'file' | 'fileAt' | 'relist'>
    readonly client: Pick<AsteroidClient, 'openContent'>
  }>
}

/** Reads files for looking at: parts of bounded size, never a whole big file. All calls throw a `Failure`. */
export type Previews = {
  /** Reads the beginning of a file and finds out what it is. A later call cancels one that is still under way. */
  readonly open: (address: FileAddress) => Promise<PreviewHead>
  readonly read: (address: FileAddress, from: number, length: number) => Promise<PreviewPart>
  /** Reads the picture of the run that a document shows by a reference; null when there is none that may be shown. */
  readonly picture: (document: FileAddress, reference: string) => Promise<Picture | null>
  /** Answers the address of a page of HTML for a sandboxed frame, relative to the window's page. */
  readonly addPage: (html: string) => string
  /** Answers what the window's elements ask for at the addresses that `open` and `addPage` gave. */
  readonly answer: (request: Request) => Promise<Response>
}

/** Enough to tell what a picture, sound or film is, and how large. */
const mediaHeadBytes = 64 * 1024

/** Makes the previews of all open listings. */
export function createPreviews({ listingOf }: PreviewsOptions): Previews {
  const remotes = createBoundedMap<string, RemoteFile>(32)
  const route = createContentRoute()
  let opening = new AbortController()

  async function remoteOf({ listing, node }: FileAddress): Promise<RemoteFile> {
    const { source, client } = await listingOf(listing)
    const file = await source.file(node)
    if (!file) throw new Failure({ kind: 'not-found', message: 'This file is no longer among the files of the run.' })
    // A file that was written anew is another one to read; the same one keeps its renewed link.
    const key = [listing, node, file.id, file.updatedAt, file.size, file.downloadUrl].join(' ')
    const known = remotes.get(key)
    if (known) return known
    const remote = createRemoteFile({ client, source, file })
    remotes.set(key, remote)
    return remote
  }

  return {
    async open(address) {
      opening.abort()
      opening = new AbortController()
      const { signal } = opening
      const remote = await remoteOf(address)
      const { segments, mimeType } = remote.file()
      const length = /^(image\/(?!svg)|audio\/|video\/)/.test(mimeType ?? '') ? mediaHeadBytes : headBytes
      const { bytes, size, ranged } = await remote.read(0, length, signal)
      const complete = size === null ? bytes.length < length : bytes.length >= size
      const found = findFileKind({ name: segments.at(-1) ?? '', mimeType, bytes, complete })
      const content = route.addFile(remote, servedAs(found.foundMime))
      return { ...found, size, firstBytes: bytes, complete, canRange: ranged, content }
    },
    async read(address, from, length) {
      const { bytes, size } = await (await remoteOf(address)).read(from, length)
      return { from, bytes, size }
    },
    async picture({ listing, node }, reference) {
      const { source, client } = await listingOf(listing)
      const file = await source.file(node)
      return file && readPicture({ source, client, documentPath: file.path, reference })
    },
    addPage: route.addPage,
    answer: route.answer,
  }
}

/** The type under which content is handed out: only what an `<img>`, `<audio>` or `<video>` decodes. */
function servedAs(mime: string | null): string {
  return mime !== null && /^(image|audio|video)\//.test(mime) ? mime : 'application/octet-stream'
}
