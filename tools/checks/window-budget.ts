import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes, gzipped, of the JavaScript that runs before the window first shows something. */
export const firstScriptBudget = 150 * 1024

/** What a built window loads first, and what it should not hold. Sizes in bytes, gzipped. */
export type WindowReport = {
  readonly firstScripts: readonly { readonly file: string; readonly size: number }[]
  readonly firstSize: number
  readonly laterSize: number
  readonly sourceMaps: readonly string[]
}

/** Reads a built window: its page's scripts and all that they import before they run count as first. */
export function reportWindow(folder: string): WindowReport {
  const first = firstScripts(folder)
  const all = globSync('**/*.js', { cwd: folder }).map((file) => file.replaceAll(path.sep, '/'))
  const size = (file: string) => gzipSync(readFileSync(path.join(folder, file))).length
  const sizes = first.map((file) => ({ file, size: size(file) }))
  return {
    firstScripts: sizes,
    firstSize: sizes.reduce((total, each) => total + each.size, 0),
    laterSize: all.filter((file) => !first.includes(file)).reduce((total, file) => total + size(file), 0),
    sourceMaps: globSync('**/*.map', { cwd: folder }),
  }
}

/** The page's scripts and preloads, then whatever they import statically, each once. */
function firstScripts(folder: string): readonly string[] {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8')
  const open = [...page.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g)].map((match) =>
    path.posix.normalize(match[1] ?? ''),
  )
  const found = new Set<string>()
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const text = readFileSync(path.join(folder, file), 'utf8')
    // Not `import(…)`: what is asked for later is no part of the first.
    for (const [, target = ''] of text.matchAll(/(?:\bimport|\bfrom)\s*["'](\.[^"']+\.js)["']/g))
      open.push(path.posix.join(path.posix.dirname(file), target))
  }
  return [...found].sort()
}
