import type { Readable } from 'node:stream'
import type { AsteroidClient, ByteRange } from '../api/client.ts'
import type { Content } from '../api/get.ts'
import { Failure, toFailure } from '../failure.ts'
import type { FileSource, SourceFile } from '../transfers/file-source.ts'

/** Some bytes of a file, and what the answer told of the whole. */
export type Part = {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The file's size as the server tells it; null when it does not. */
  readonly size: number | null
  /** Whether the server answered with the part alone. */
  readonly ranged: boolean
}

/** The rest of a file from some byte on, not yet read. */
export type OpenPart = {
  readonly body: Readable
  readonly from: number
  /** Bytes in `body`; null when the server does not say. */
  readonly length: number | null
  readonly size: number | null
}

/** One file of a listing, read in parts. Its link is renewed once when it has expired. */
export type RemoteFile = {
  readonly file: () => SourceFile
  /** Reads at most `length` bytes; fewer at the file's end, none past it. Throws a `Failure`. */
  readonly read: (from: number, length: number, signal?: AbortSignal) => Promise<Part>
  /** Opens a part as a stream; null when the file ends before it. Throws a `Failure`. */
  readonly open: (range: ByteRange | null, signal?: AbortSignal) => Promise<OpenPart | null>
}

/** No more is read and thrown away to get to a part that a server does not serve by itself. */
const maximumSkip = 64 * 1024 * 1024

/** Makes the reader of one file. */
export function createRemoteFile(options: {
  readonly client: Pick<AsteroidClient, 'openContent'>
  readonly source: Pick<FileSource, 'relist'>
  readonly file: SourceFile
}): RemoteFile {
  const { client, source } = options
  let file = options.file
  let renewal: Promise<SourceFile> | null = null

  async function openContent(range: ByteRange | undefined, signal: AbortSignal | undefined): Promise<Content> {
    const used = file.downloadUrl
    try {
      return await client.openContent(used, signal, range)
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.error.kind === 'link-expired')) throw thrown
      if (file.downloadUrl === used) file = await renew()
      return client.openContent(file.downloadUrl, signal, range)
    }
  }
  async function renew(): Promise<SourceFile> {
    renewal ??= source
      .relist([{ id: file.id, path: file.path }])
      .then(([fresh]) => {
        if (fresh) return fresh
        throw new Failure({ kind: 'not-found', message: `“${file.path}” is no longer among the files of this run.` })
      })
      .finally(() => {
        renewal = null
      })
    return renewal
  }

  return {
    file: () => file,
    async read(from, length, signal) {
      const abort = new AbortController()
      const both = signal ? AbortSignal.any([signal, abort.signal]) : abort.signal
      try {
        const content = await openContent({ from, to: from + length - 1 }, both)
        const ranged = content.status === 206
        const { start, size } = placeOf(content, file)
        if (content.status === 416 || (size !== null && from >= size && !ranged))
          return { bytes: new Uint8Array(), size, ranged: content.status === 416 }
        if (from - start > maximumSkip)
          throw new Failure({ kind: 'too-large', message: 'This server can only send the file from its beginning.' })
        return { bytes: await readSome(content.body, from - start, length), size, ranged }
      } catch (thrown) {
        throw toFailure(thrown)
      } finally {
        // What was not asked for is never fetched: the connection goes instead.
        abort.abort()
      }
    },
    async open(range, signal) {
      const content = await openContent(range ?? undefined, signal)
      const { start, size } = placeOf(content, file)
      if (content.status === 416) {
        content.body.resume()
        return null
      }
      return { body: content.body, from: start, length: numberOf(content.headers['content-length']), size }
    },
  }
}

/** Where an answer's body starts within its file, and how large that is (RFC 9110, 14.4). */
function placeOf({ status, headers }: Content, file: SourceFile): { start: number; size: number | null } {
  if (status === 200) return { start: 0, size: numberOf(headers['content-length']) ?? file.size }
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(String(headers['content-range'] ?? ''))
  if (status === 206 && !match?.[1])
    throw new Failure({ kind: 'bad-response', message: 'The server sent a part of the file without saying which.' })
  return { start: Number(match?.[1] ?? 0), size: numberOf(match?.[2]) ?? file.size }
}

function numberOf(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null
}

async function readSome(body: Readable, skip: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = []
  let toSkip = skip
  let left = length
  for await (const bytes of body as AsyncIterable<Buffer>) {
    const wanted = bytes.subarray(Math.min(toSkip, bytes.length)).subarray(0, left)
    toSkip -= Math.min(toSkip, bytes.length)
    left -= wanted.length
    parts.push(wanted)
    if (left <= 0) break
  }
  const whole = new Uint8Array(length - left)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
