import type { AsteroidClient } from '../../api/client.ts'
import { Failure, toFailure } from '../../failure.ts'
import { strongValidator } from '../http/validator.ts'
import type { Item } from '../queue/item.ts'

/** How an entry's bytes are asked for: what came already, and of which version. */
export type Progress = { bytes: number; validator: string | null }

/**
 * Asks for an item's bytes after those that came already, and hands them on as they come. Throws a `Failure`; `restart`
 * is called when what came before is of another version, or can't be gone on from.
 */
export async function readContent(options: {
  readonly client: Pick<AsteroidClient, 'openContent'>
  readonly item: Item
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly restart: () => Promise<void>
  readonly onBytes: (bytes: Uint8Array) => Promise<void>
}): Promise<void> {
  const { client, item, progress, signal, restart, onBytes } = options
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
    for await (const bytes of body as AsyncIterable<Uint8Array>) {
      if (file.size !== null && progress.bytes + bytes.length > file.size) throw wrongSize(file.path)
      await onBytes(bytes)
      progress.bytes += bytes.length
    }
    if (file.size !== null && progress.bytes !== file.size) throw cutOrWrong(file.path, plain, progress.bytes)
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

function packed(path: string): Failure {
  const message = `The server packed “${path}” in a way that was not asked for. It was left out of the archive.`
  return new Failure({ kind: 'bad-response', message })
}
