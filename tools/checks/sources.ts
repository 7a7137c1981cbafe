import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Source } from './layers.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Every TypeScript file of the app. */
export function readSources(): readonly Source[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => ({
    file: file.replaceAll(path.sep, '/'),
    text: readFileSync(path.join(root, file), 'utf8'),
  }))
}
