import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { Failure } from '../../failure.ts'

/** Undoes a content coding that was not asked for. */
export type Decoder = {
  /** Answers false when no more should be given until `onDrain`. Throws as `end` does. */
  readonly write: (bytes: Buffer) => boolean
  /** Settles when all has come out. Throws `bad-response` for broken bytes, or what `onBytes` threw. */
  readonly end: () => Promise<void>
  readonly destroy: () => void
}

/** Makes a decoder for gzip, deflate, br or zstd. Throws `bad-response` for any other coding. */
export function createDecoder(coding: string, onBytes: (bytes: Buffer) => void, onDrain: () => void): Decoder {
  const stream = streamFor(coding)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let failure: unknown = null
  promise.catch((thrown) => {
    failure = thrown
  })
  stream.on('data', (bytes: Buffer) => {
    try {
      onBytes(bytes)
    } catch (thrown) {
      reject(thrown)
      stream.destroy()
    }
  })
  stream.on('drain', onDrain)
  stream.on('end', resolve)
  stream.on('error', () => reject(broken(coding)))
  stream.on('close', () => {
    reject(broken(coding))
    // Whoever rests until there is room would rest for ever.
    onDrain()
  })
  return {
    write(bytes) {
      if (failure !== null) throw failure
      return stream.destroyed || stream.write(Buffer.from(bytes))
    },
    end() {
      if (!stream.destroyed) stream.end()
      return promise
    },
    destroy: () => stream.destroy(),
  }
}

function streamFor(coding: string) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
    default:
      throw bad(`The server compressed the file in a way that is not supported (${coding.slice(0, 40)}).`)
  }
}

function broken(coding: string): Failure {
  return bad(`The server compressed the file (${coding}), but it arrived damaged: it could not be unpacked.`)
}

function bad(message: string): Failure {
  return new Failure({ kind: 'bad-response', message: `${message} It was not kept.` })
}
