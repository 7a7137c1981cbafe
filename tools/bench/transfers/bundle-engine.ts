import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Bundles the engine as the app ships it: a process that reads TypeScript first would measure that, too. */
export async function bundleEngine(folder: string): Promise<string> {
  const source = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      rollupOptions: {
        input: {
          engine: source('./engine.ts'),
          floor: source('./floor.ts'),
          'fetch-pipeline': source('./fetch-pipeline.ts'),
          'memory-batch': source('../memory/memory-batch.ts'),
          'pump-worker': source('../../../src/core/transfers/pump/pump-worker.ts'),
        },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  })
  return path.join(folder, 'engine.mjs')
}
