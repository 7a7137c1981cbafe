import { listingWorkerUrl } from '../core/listing/thread/worker-url.ts'

/** The entries of the threads that keep listings and fetch files. */
export type Threads = { readonly listing: URL; readonly pump: URL }

/** Where the threads start, seen from the program's first module: beside the other sources, or beside the bundle. */
export function threadsBeside(programUrl: string): Threads {
  const fromSource = new URL(programUrl).pathname.endsWith('.ts')
  const pump = fromSource ? '../core/transfers/pump/pump-worker.ts' : './transfer-pump.js'
  return { listing: listingWorkerUrl(programUrl), pump: new URL(pump, programUrl) }
}
