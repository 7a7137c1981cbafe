import type { Listing } from '../../shared/models/listing.ts'
import type { AsteroidClient } from '../api/client.ts'
import type { IndexHost } from './index-host.ts'
import type { IndexView } from './listing-index.ts'

/** Bytes given to the index at a time: large enough that messages cost little, small enough for progress. */
const pieceSize = 256 * 1024
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
  readonly onProgress: (progress: NonNullable<Listing['loading']>) => void
}): Promise<IndexView> {
  const { client, executionId, host, signal, onProgress } = options
  const { body } = await client.openListing(executionId, signal)
  await host.call('begin')
  const underWay: Promise<number>[] = []
  let bytes = 0

  async function settle(most: number): Promise<void> {
    while (underWay.length > most) onProgress({ bytes, files: (await underWay.shift()) ?? 0 })
  }
  try {
    for await (const piece of piecesOf(body)) {
      bytes += piece.length
      const taken = host.call('addBytes', piece)
      // Awaited in turn; without this a failure of a later one would count as nobody's.
      taken.catch(() => {})
      underWay.push(taken)
      await settle(mostUnderWay - 1)
    }
    await settle(0)
    return await host.call('complete', Date.now())
  } catch (thrown) {
    await host.call('abandon')
    throw thrown
  }
}

/** Gathers small parts into pieces with memory of their own, which can be given to another thread. */
async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(pieceSize)
  let length = 0
  for await (const part of body) {
    for (let from = 0; from < part.length; ) {
      const taken = part.subarray(from, from + pieceSize - length)
      piece.set(taken, length)
      length += taken.length
      from += taken.length
      if (length < pieceSize) continue
      yield piece
      piece = new Uint8Array(pieceSize)
      length = 0
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
