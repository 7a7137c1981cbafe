import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Failure, toFailure } from '../failure.ts'
import type { Content } from './get.ts'

/** The encodings that `readBody` understands, as a request names them. */
export const acceptedEncodings = 'gzip, deflate, br'

/**
 * The bytes of an answer as they arrive, unpacked. Throws a `Failure`: `too-large` past the bound, which counts unpacked
 * bytes, so that a small answer can't swell without end.
 */
export async function* readBody({ body, headers }: Content, maximumBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0
  try {
    for await (const part of unpacked(body, headers['content-encoding']) as AsyncIterable<Buffer>) {
      length += part.length
      if (length > maximumBytes)
        throw new Failure({ kind: 'too-large', message: 'The server’s answer is too large. None of it was kept.' })
      yield part
    }
  } catch (thrown) {
    throw toFailure(thrown)
  } finally {
    // A reader that stops early must not leave the connection waiting.
    body.destroy()
  }
}

/** A whole answer as text, for what is known to be small. */
export async function readText(content: Content, maximumBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of readBody(content, maximumBytes)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function unpacked(body: Readable, encoding: string | string[] | undefined): Readable {
  const unpack = decompressor(String(encoding ?? 'identity').toLowerCase())
  return unpack === null ? body : pipeline(body, unpack, () => {})
}

function decompressor(encoding: string): Transform | null {
  if (encoding === 'identity' || encoding === '') return null
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  if (encoding === 'br') return createBrotliDecompress()
  const message = `The server compressed its answer in a way that was not asked for (${encoding.slice(0, 40)}).`
  throw new Failure({ kind: 'bad-response', message })
}
