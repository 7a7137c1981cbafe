import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'

/** Milliseconds of CPU time for all that the main process loads before it asks for a window. */
export const mainLoadBudget = 100

/** What a built main process loads before any of its code has run. */
export type MainReport = {
  /** The entry and all that it imports statically, by their paths in the folder. */
  readonly files: readonly string[]
  /** Of these files, not gzipped: what has to be read and compiled. */
  readonly bytes: number
  /** Packages that are loaded along with them; Electron and Node's own are not counted. */
  readonly packages: readonly string[]
}

/** Follows a built main process's static imports from its entry. */
export function reportMain(entry: string): MainReport {
  const folder = path.dirname(entry)
  const open = [entry]
  const found = new Map<string, number>()
  const packages = new Set<string>()
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    const text = readFileSync(file, 'utf8')
    found.set(file, text.length)
    // At the start of a line alone: `import(…)`, and imports in texts, are no part of the start.
    for (const [, target = ''] of text.matchAll(/^(?:import|export)\b[^;'"()]*["']([^"']+)["']/gm)) {
      if (target.startsWith('.')) open.push(path.join(path.dirname(file), target))
      else if (!isGiven(target)) packages.add(target)
    }
  }
  return {
    files: [...found.keys()].map((file) => path.relative(folder, file).replaceAll(path.sep, '/')).sort(),
    bytes: [...found.values()].reduce((total, size) => total + size, 0),
    packages: [...packages].sort(),
  }
}

/**
 * Milliseconds of CPU time, the median of some fresh processes, that Node takes to load the entry and to run what it does
 * before Electron is ready. In place of Electron stands something that answers nothing, so that Electron's own part is not in
 * it, nor is what comes after it is ready.
 */
export function measureMainLoad(entry: string, rounds = 5): number {
  const runs = Array.from({ length: rounds }, () =>
    Number(
      execFileSync(process.execPath, [path.join(import.meta.dirname, 'load-main.ts'), entry], { encoding: 'utf8' }),
    ),
  )
  return runs.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
}

function isGiven(name: string): boolean {
  return name === 'electron' || name.startsWith('node:') || builtinModules.includes(name)
}
