import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A package as package-lock.json names it. */
export type LockedPackage = {
  readonly version?: string
  readonly license?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly name?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly peer?: boolean
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

export type Lockfile = { readonly packages: Readonly<Record<string, LockedPackage>> }

export function readLockfile(root: string): Lockfile {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lockfile
}

/** The names of all that runs outside the window: the dependencies and theirs, wherever they lie. */
export function runtimeModules(lockfile: Lockfile): readonly string[] {
  return Object.entries(lockfile.packages)
    .filter(([place, entry]) => place !== '' && !entry.dev)
    .map(([place]) => moduleName(place))
}

/** `node_modules/a/node_modules/@b/c` holds `@b/c`. */
export function moduleName(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
