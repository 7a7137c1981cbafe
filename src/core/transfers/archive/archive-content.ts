import type { AsteroidClient } from '../../api/client.ts'
import { Failure, toFailure } from '../../failure.ts'
import { strongValidator } from '../http/validator.ts'
import { createDigest, type Digest, digestFrom } from '../pump/digests.ts'
import type { Hash } from '../pump/hash.ts'
import type { Item } from '../queue/item.ts'
import { createDripWatch } from './drip.ts'

/** How an entry's bytes are asked for: what came already, of which version, and what they should sum up to. */
export type Progress = {
  bytes: number
  validator: string | null
  sum: { readonly digest: Digest; readonly hash: Hash } | null
}

/** Of an entry of which nothing has come. */
export function noProgress(): Progress {
  return { bytes: 0, validator: null, sum: null }
}

/**
 * Asks for an item's bytes after those that came already, and hands them on as they come. Throws a `Failure`; `restart`
 * is called when what came before is of another version, or can't be gone on from.
 */
export async function readContent(options: {
  readonly client: Pick<AsteroidClient, 'openContent'>
  readonly item: Item
  readonly progress: Progress
  readonly signal: AbortSignal
  /** After how long a silent server would be given up. */
  readonly stallMilliseconds: number
  readonly restart: () => Promise<void>
  readonly onBytes: (bytes: Uint8Array) => Promise<void>
}): Promise<void> {
  const { client, item, progress, signal, stallMilliseconds, restart, onBytes } = options
  const { file } = item
  const wish = progress.bytes > 0 && progress.validator !== null ? { from: progress.bytes } : undefined
  if (!wish && progress.bytes > 0) await restart()
  const { status, headers, body } = await client.openContent(file.downloadUrl, signal, wish)
  try {
    const plain = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    const validator = strongValidator(plain)
    if (wish) {
      const from = /^bytes (\d+)-/.exec(plain.get('content-range') ?? '')?.[1]
      const goesOn = status === 206 && Number(from) === progress.bytes && validator === progress.validator
      if (!goesOn) {
        await restart()
        throw new Failure({ kind: 'offline', cause: 'reset', message: 'The file is asked for from its start.' })
      }
    }
    progress.validator = validator
    const coding = plain.get('content-encoding') ?? 'identity'
    if (coding !== 'identity') throw packed(file.path)
    const digest = progress.bytes === 0 ? digestFrom(plain, true) : null
    if (digest) progress.sum = { digest, hash: createDigest(digest.algorithm) }
    const watchDrip = createDripWatch(stallMilliseconds)
    let askedAt = performance.now()
    for await (const bytes of body as AsyncIterable<Uint8Array>) {
      watchDrip(bytes.length, performance.now() - askedAt)
      if (file.size !== null && progress.bytes + bytes.length > file.size) throw wrongSize(file.path)
      await onBytes(bytes)
      progress.sum?.hash.update(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      progress.bytes += bytes.length
      askedAt = performance.now()
    }
    if (file.size !== null && progress.bytes !== file.size) throw cutOrWrong(file.path, plain, progress.bytes)
    if (progress.sum && progress.sum.hash.base64() !== progress.sum.digest.base64) {
      await restart()
      throw damaged(file.path)
    }
  } catch (thrown) {
    throw toFailure(thrown)
  } finally {
    body.on('error', () => {})
    body.destroy()
  }
}

function cutOrWrong(path: string, headers: ReadonlyMap<string, string>, received: number): Failure {
  if (Number(headers.get('content-length')) === received) return wrongSize(path)
  return new Failure({
    kind: 'offline',
    cause: 'reset',
    message: 'The connection was cut before the answer was complete.',
  })
}

function wrongSize(path: string): Failure {
  const message = `“${path}” came with another size than expected. It was left out of the archive.`
  return new Failure({ kind: 'wrong-size', message })
}

function damaged(path: string): Failure {
  const message = `“${path}” was damaged on the way: its check sum is not the server’s. It was left out of the archive.`
  return new Failure({ kind: 'wrong-size', message })
}

function packed(path: string): Failure {
  const message = `The server packed “${path}” in a way that was not asked for. It was left out of the archive.`
  return new Failure({ kind: 'bad-response', message })
}
