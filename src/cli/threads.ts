import { listingWorkerUrl } from '../core/listing/thread/worker-url.ts'
import { type PumpThread, startPumpThread } from '../core/transfers/pump/pump-thread.ts'

/** The entries of the threads that keep listings and fetch files, and one of the latter that was started ahead. */
export type Threads = { readonly listing: URL; readonly pump: URL; readonly ahead: PumpThread }

/**
 * Finds where the threads start, seen from the program's first module: beside the other sources, or beside the bundle. Starts
 * the one that fetches at once, so that it is ready when the files have been listed.
 */
export function startThreads(programUrl: string): Threads {
  const fromSource = new URL(programUrl).pathname.endsWith('.ts')
  const pump = new URL(fromSource ? '../core/transfers/pump/pump-worker.ts' : './transfer-pump.js', programUrl)
  return { listing: listingWorkerUrl(programUrl), pump, ahead: startPumpThread(pump) }
}
