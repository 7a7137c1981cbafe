import type { ArchivePart } from './archive-entry.ts'
import { askWorker } from './ask-worker.ts'
import type { GunzipQuestion } from './gunzip.worker.ts'

/** Unpacks one packed file, part after part, and tells what each part brought. */
export type Unpacking = {
  /** Throws a `PreviewProblem`; after that nothing more can be unpacked. */
  readonly unpack: (bytes: Uint8Array, isLast: boolean) => Promise<Omit<ArchivePart, 'reached'>>
  readonly end: () => void
}

/** Starts a worker that unpacks and keeps nothing of the contents. */
export function unpackInWorker(name: string): Unpacking {
  const worker = new Worker(new URL('./gunzip.worker.ts', import.meta.url), { type: 'module' })
  const abort = new AbortController()
  return {
    unpack: (bytes, isLast) =>
      askWorker<GunzipQuestion, Omit<ArchivePart, 'reached'>>({
        worker,
        question: { bytes, isLast, name },
        milliseconds: 15_000,
        signal: abort.signal,
        problem: 'This archive takes too long to unpack. Download it to open it.',
        keep: true,
      }),
    end() {
      abort.abort()
      worker.terminate()
    },
  }
}
