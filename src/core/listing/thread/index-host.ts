import { Worker } from 'node:worker_threads'
import { Failure } from '../../failure.ts'
import type { Logger } from '../../log/logger.ts'
import { createListingIndex, type ListingIndex } from '../index/listing-index.ts'
import { type Answer, type Call, callIndex, type Outcome } from './index-calls.ts'

/** Where an index lives: on the calling thread, or in a worker that never holds it up. */
export type IndexHost = {
  readonly call: <M extends keyof ListingIndex>(method: M, ...input: Parameters<ListingIndex[M]>) => Promise<Outcome<M>>
  readonly close: () => Promise<void>
}

/** Starts an index where it should live. Without its worker a listing is slower to answer, but it is there. */
export async function startHost(workerUrl: URL | null, log: Logger): Promise<IndexHost> {
  if (workerUrl === null) return createInlineHost()
  const host = createWorkerHost(workerUrl)
  try {
    await host.call('view')
    return host
  } catch (thrown) {
    log.error('The thread of a listing could not be started', { error: thrown })
    return createInlineHost()
  }
}

/** Keeps the index on the calling thread, for programs that do nothing else meanwhile. */
function createInlineHost(): IndexHost {
  const index = createListingIndex()
  return {
    call: (method, ...input) => callIndex(index, method, input),
    close: async () => {},
  }
}

/** What parsing leaves behind dies at once: a small nursery keeps it from being taken for lasting, and memory low. */
const maxYoungGenerationSizeMb = 16

/** Keeps the index in a worker thread, whose program is at `url`. Bytes that are given to it are given away. */
function createWorkerHost(url: URL): IndexHost {
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb } })
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (reason: unknown) => void }>()
  let lastCall = 0
  let ended: Error | null = null

  function end(reason: Error): void {
    ended ??= reason
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Failure({ kind: 'cancelled', message: 'The listing was closed.' })))
  worker.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    // An idle worker must not keep a program from ending, and a busy one must.
    if (waiting.size === 0) worker.unref()
    if (answer.outcome === 'value') call?.resolve(answer.value as never)
    else call?.reject(answer.outcome === 'failure' ? new Failure(answer.error) : answer.error)
  })

  return {
    call(method, ...input) {
      if (ended) return Promise.reject(ended)
      return new Promise((resolve, reject) => {
        lastCall += 1
        waiting.set(lastCall, { resolve, reject })
        worker.ref()
        const call: Call = { id: lastCall, method, input }
        worker.postMessage(
          call,
          input.flatMap((each) => (each instanceof Uint8Array ? [each.buffer as ArrayBuffer] : [])),
        )
      })
    },
    async close() {
      await worker.terminate()
    },
  }
}
