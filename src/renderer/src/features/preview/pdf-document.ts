import { GlobalWorkerOptions, getDocument, PDFDataRangeTransport, type PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { maximumReadBytes } from '../../../../shared/limits.ts'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'

GlobalWorkerOptions.workerSrc = workerAddress

export type OpenPdf = { readonly pages: PDFDocumentProxy; readonly close: () => void }

const largestWithoutRange = 64 * 1024 * 1024

/**
 * Opens a PDF whose parts are read as its pages need them. Throws a `PreviewProblem`.
 *
 * Forms and scripts of a PDF are left alone; neither eval nor WebAssembly is used, since the window allows neither.
 */
export async function openPdf(reader: PreviewReader, head: PreviewHead): Promise<OpenPdf> {
  const { size, complete, canRange, firstBytes } = head
  if (!complete && (size === null || (!canRange && size > largestWithoutRange)))
    throw new PreviewProblem('This PDF is too large for a server that sends files whole. Download it to read it.')
  const first = new Uint8Array(firstBytes)
  const source = complete ? { data: first } : { range: createRange(reader, size ?? 0, first), length: size ?? 0 }
  const task = getDocument({
    ...source,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    useWasm: false,
    // Its worker fetches these from the app's own files, and only those that a document needs.
    useWorkerFetch: true,
    cMapUrl: ownFolder('cmaps'),
    standardFontDataUrl: ownFolder('fonts'),
    wasmUrl: ownFolder('decoders'),
    isOffscreenCanvasSupported: true,
    maxImageSize: 64_000_000,
    canvasMaxAreaInBytes: 256_000_000,
    stopAtErrors: false,
    verbosity: 0,
  })
  // What can't be closed properly is gone all the same, with its worker.
  const close = () => void task.destroy().catch(() => {})
  task.onPassword = () => close()
  try {
    return { pages: await withinTime(task.promise), close }
  } catch (thrown) {
    close()
    if (thrown instanceof PreviewProblem) throw thrown
    const isLocked = thrown instanceof Error && /password|destroyed/i.test(`${thrown.name} ${thrown.message}`)
    throw new PreviewProblem(isLocked ? 'This PDF is locked with a password.' : 'This PDF is broken: it can’t be read.')
  }
}

/** A folder of the app's bundle that PDF.js looks into. */
function ownFolder(name: string): string {
  return new URL(`pdf/${name}/`, document.baseURI).href
}

function createRange(reader: PreviewReader, size: number, first: Uint8Array): PDFDataRangeTransport {
  const range = new PDFDataRangeTransport(size, first)
  range.requestDataRange = (begin, end) => {
    readParts(reader, begin, end).then(
      (bytes) => range.onDataRange(begin, bytes),
      () => range.abort(),
    )
  }
  return range
}

async function readParts(reader: PreviewReader, begin: number, end: number): Promise<Uint8Array> {
  const whole = new Uint8Array(end - begin)
  for (let at = 0; at < whole.length; ) {
    const { bytes } = await reader.read(begin + at, Math.min(maximumReadBytes, whole.length - at))
    if (bytes.length === 0) throw new PreviewProblem('The file ended earlier than its size says.')
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new PreviewProblem('This PDF takes too long to read.')), 20_000)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
