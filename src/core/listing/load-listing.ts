import type { Listing } from '../../shared/models/listing.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { IndexView } from './index/index-view.ts'
import type { IndexHost } from './thread/index-host.ts'

/** Bytes given to the index at a time: large enough that messages cost little, small enough for progress. */
const pieceSize = 256 * 1024
/** Milliseconds after which a smaller piece goes too, so that a slow answer is seen to come. */
const pieceInterval = 100
/** Pieces on their way to the index at most; beyond that, reading waits, and with it the server. */
const mostUnderWay = 8

/**
 * Lists an execution into its index as the answer arrives, and completes it. Throws a `Failure`; the index then still
 * shows what it did before.
 */
export async function loadListing(options: {
  readonly client: AsteroidClient
  readonly executionId: string
  readonly host: IndexHost
  readonly signal: AbortSignal
  readonly onProgress: (progress: NonNullable<Listing['loading']>) => Promise<void>
}): Promise<IndexView> {
  const { client, executionId, host, signal, onProgress } = options
  const { body } = await client.openListing(executionId, signal)
  await host.call('begin')
  const underWay: Promise<void>[] = []
  let bytes = 0
  try {
    for await (const piece of piecesOf(body)) {
      bytes += piece.length
      const bytesSoFar = bytes
      const taken = host.call('addBytes', piece).then((files) => onProgress({ bytes: bytesSoFar, files }))
      // Awaited in turn; without this a failure of a later one would count as nobody's.
      taken.catch(() => {})
      underWay.push(taken)
      if (underWay.length >= mostUnderWay) await underWay.shift()
    }
    for (const taken of underWay) await taken
    return await host.call('complete', Date.now())
  } catch (thrown) {
    // If even that fails, what went wrong first is what to tell.
    await host.call('abandon').catch(() => {})
    throw thrown
  }
}

/** Gathers small parts into pieces with memory of their own, which can be given to another thread. */
async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(pieceSize)
  let length = 0
  let since = performance.now()
  for await (const part of body) {
    for (let from = 0; from < part.length; ) {
      const taken = part.subarray(from, from + pieceSize - length)
      piece.set(taken, length)
      length += taken.length
      from += taken.length
      if (length < pieceSize && performance.now() - since < pieceInterval) continue
      yield piece.subarray(0, length)
      piece = new Uint8Array(pieceSize)
      length = 0
      since = performance.now()
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
