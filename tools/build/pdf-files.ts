import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * What PDF.js asks for when a document needs it: maps of East Asian characters, the fonts that a PDF may name without
 * bringing them, and decoders of scanned pages. The WebAssembly of the last is left out, which the window does not allow.
 */
const folders = [
  { from: 'cmaps', to: 'pdf/cmaps', shipped: /\.bcmap$/, licences: /^LICENSE$/ },
  { from: 'standard_fonts', to: 'pdf/fonts', shipped: /\.(pfb|ttf)$/, licences: /^LICENSE/ },
  {
    from: 'wasm',
    to: 'pdf/decoders',
    shipped: /_nowasm_fallback\.js$/,
    licences: /^LICENSE_(PDFJS_)?(JBIG2|OPENJPEG)$/,
  },
] as const

/** Puts the files that PDF.js may ask for beside the window's own. */
export function addPdfFiles(root: string): Plugin {
  return {
    name: 'add-pdf-files',
    apply: 'build',
    generateBundle() {
      for (const { from, to, shipped } of folders) {
        const folder = path.join(root, 'node_modules/pdfjs-dist', from)
        for (const name of readdirSync(folder).filter((each) => shipped.test(each)))
          this.emitFile({ type: 'asset', fileName: `${to}/${name}`, source: readFileSync(path.join(folder, name)) })
      }
    },
  }
}

/** The licences of those files, which are others than that of PDF.js itself; paths within its package. */
export function pdfFileLicences(packageFolder: string): readonly string[] {
  return folders.flatMap(({ from, licences }) =>
    readdirSync(path.join(packageFolder, from))
      .filter((name) => licences.test(name))
      .sort()
      .map((name) => `${from}/${name}`),
  )
}
