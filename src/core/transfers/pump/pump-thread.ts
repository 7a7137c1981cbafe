import { Worker } from 'node:worker_threads'
import type { ConnectionLimits } from '../http/connection.ts'
import { keepHeapsSmall } from './small-heaps.ts'

/** A thread that fetches. Until somebody uses it, it does not keep the process from ending. */
export type PumpThread = { readonly worker: Worker; readonly hasEnded: () => boolean }

/** How patient threads are with servers. */
export const usualLimits: ConnectionLimits = { connectMilliseconds: 20_000, stallMilliseconds: 30_000 }

/** A thread holds next to nothing for long: its rubbish should not pile up, nor what is under way be copied too often. */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 256 }

/**
 * Starts a thread that fetches, from its program at `entry`. It is ready some tenth of a second later: who knows that there
 * will be files, but not yet which, starts it ahead.
 */
export function startPumpThread(entry: URL, limits: ConnectionLimits = usualLimits): PumpThread {
  // Its heap reads some of those flags only as it begins.
  const letHeapsGrow = keepHeapsSmall()
  const worker = new Worker(entry, { workerData: { limits }, name: 'transfers', resourceLimits })
  let hasEnded = false
  worker.once('online', letHeapsGrow)
  worker.once('exit', () => {
    hasEnded = true
    letHeapsGrow()
  })
  // Unheard, it would end the process. Whoever uses the thread hears it too, or finds that it has ended.
  worker.on('error', () => {})
  worker.unref()
  return { worker, hasEnded: () => hasEnded }
}
