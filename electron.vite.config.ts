import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { listModules } from './tools/build/list-modules.ts'
import { addPdfFiles } from './tools/build/pdf-files.ts'

export default defineConfig({
  main: {
    build: {
      // What every start needs is read as one file rather than as a hundred.
      externalizeDeps: { exclude: ['zod', 'write-file-atomic'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/cli/index.ts',
          // The entries of threads: those that fetch, and those that keep a listing.
          'transfer-pump': 'src/core/transfers/pump/pump-worker.ts',
          'listing-worker': 'src/core/listing/thread/listing-worker.ts',
        },
      },
    },
  },
  preload: {
    // A sandboxed preload must be one CommonJS file with nothing external.
    build: {
      rollupOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    // Workers as modules can load parts of themselves when they are wanted, such as a language to colour.
    worker: { format: 'es' },
    build: { minify: true, rollupOptions: { input: ['src/renderer/index.html', 'src/renderer/error.html'] } },
    plugins: [react(), addPdfFiles(import.meta.dirname), listModules(import.meta.dirname, 'out/window-modules.json')],
  },
})
