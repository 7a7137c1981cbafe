import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A package as package-lock.json names it, by the folder that it lies in. */
export type LockedPackage = {
  readonly version?: string
  readonly license?: string
  readonly resolved?: string
  readonly integrity?: string
  /** The package's own name, where its folder has another. */
  readonly name?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export type Lockfile = { readonly packages: Readonly<Record<string, LockedPackage>> }

export type Manifest = {
  readonly name: string
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

/** The file that About shows; made by `npm run licences`. */
export const licencesFile = 'src/renderer/src/licences.json'

export function readLockfile(root: string): Lockfile {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lockfile
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest
}

/** The names of all that runs outside the window: the dependencies and theirs, wherever they lie. */
export function runtimeModules(lockfile: Lockfile): readonly string[] {
  return Object.entries(lockfile.packages)
    .filter(([place, entry]) => place !== '' && !entry.dev)
    .map(([place]) => moduleName(place))
}

/** The folders of the named packages and of all that they depend on, found as Node finds them. */
export function closure(lockfile: Lockfile, names: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const open = names.map((name) => ({ name, from: '' }))
  for (let next = open.pop(); next; next = open.pop()) {
    const place = resolve(lockfile, next.name, next.from)
    if (place === null || found.has(place)) continue
    found.add(place)
    const { dependencies = {} } = lockfile.packages[place] ?? {}
    for (const name of Object.keys(dependencies)) open.push({ name, from: place })
  }
  return [...found].sort()
}

/** `node_modules/a/node_modules/@b/c` holds `@b/c`. */
export function moduleName(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Looks for a package beside the one that asks, then further and further up. */
function resolve(lockfile: Lockfile, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (lockfile.packages[place]) return place
    if (folder === '') return null
  }
}
