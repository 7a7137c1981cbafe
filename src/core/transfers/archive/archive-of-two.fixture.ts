import path from 'node:path'
import { createClient } from '../../api/client.ts'
import { parseBase } from '../../api/request-policy.ts'
import type { Failure } from '../../failure.ts'
import { temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { sendBody } from '../origin.fixture.ts'
import { origin, transfersFor } from '../transfers.fixture.ts'
import type { TransfersOptions } from '../transfers.ts'

/** Two files, of which those in `lacking` are not given out; a client that can be refused, and a listing that can be held up. */
export async function archiveOfTwo(lacking: Set<string>) {
  const { url, requests } = await origin((request, response) => {
    if (lacking.has(request.url ?? '')) response.writeHead(500).end()
    else sendBody(request, response, Buffer.from('hello'))
  })
  const memory = createMemorySource([{ path: 'a' }, { path: 'b' }], (file) => `${url}/${file.path}`)
  const client = createClient({ base: parseBase(url), key: null })
  let refusal: Failure | null = null
  let held = Promise.resolve()
  const source = {
    ...memory,
    async total() {
      await held
      return memory.total({ what: 'all' })
    },
  }
  const journalFolder = await temporaryFolder()
  const folder = await temporaryFolder()
  const start = (options: Partial<TransfersOptions> = {}) =>
    transfersFor(url, {
      journalFolder,
      clientFor: async () => {
        if (refusal) throw refusal
        return client
      },
      sourceFor: async () => ({ ...source, close: async () => {} }),
      limits: { connectMilliseconds: 2_000, stallMilliseconds: 2_000, firstRetryMilliseconds: 1 },
      ...options,
    })
  return {
    source,
    start,
    refuse(failure: Failure | null) {
      refusal = failure
    },
    /** Nothing can be added up, and so no archive be opened, until what it answers is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    requests,
    journalFolder,
    folder,
    target: path.join(folder, 'run.zip'),
  }
}
