/**
 * Where the listing's worker is, seen from a program's first module (`import.meta.url` there): beside the other sources,
 * or beside the bundle. Only a first module knows, since a bundler may move the others anywhere.
 */
export function listingWorkerUrl(programUrl: string): URL {
  const fromSource = new URL(programUrl).pathname.endsWith('.ts')
  return new URL(fromSource ? '../core/listing/thread/listing-worker.ts' : './listing-worker.js', programUrl)
}
