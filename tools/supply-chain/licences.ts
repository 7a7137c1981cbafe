import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pdfFileLicences } from '../build/pdf-files.ts'
import { closure, type Lockfile, type Manifest, moduleName } from './lockfile.ts'

/** What About shows. A text that several packages share stands once; `text` is its place in `texts`. */
export type LicenceList = {
  readonly packages: readonly {
    readonly name: string
    readonly version: string
    readonly licence: string
    readonly text: number
  }[]
  readonly texts: readonly string[]
}

/** Collects the licences of all that is shipped: what runs outside the window, and what is bundled into it. */
export function collectLicences(root: string, manifest: Manifest, lockfile: Lockfile): LicenceList {
  const texts: string[] = []
  const packages = libraryPlaces(root, manifest, lockfile).map((place) => {
    const text = licenceText(path.join(root, place))
    const entry = lockfile.packages[place]
    if (!texts.includes(text)) texts.push(text)
    return {
      name: entry?.name ?? moduleName(place),
      version: entry?.version ?? '',
      licence: entry?.license ?? '',
      text: texts.indexOf(text),
    }
  })
  return { packages, texts }
}

/** The folders of all that is shipped, Electron's first. To npm, it and what the window bundles are development's. */
export function shippedPlaces(root: string, manifest: Manifest, lockfile: Lockfile): readonly string[] {
  return ['node_modules/electron', ...libraryPlaces(root, manifest, lockfile)]
}

/** The folders of what runs outside the window, and of what is bundled into it. */
function libraryPlaces(root: string, manifest: Manifest, lockfile: Lockfile): readonly string[] {
  return closure(lockfile, [...Object.keys(manifest.dependencies), ...bundledIntoWindow(root, manifest)])
}

/** The development dependencies that the window's sources import; the bundler takes them in. */
function bundledIntoWindow(root: string, manifest: Manifest): readonly string[] {
  const all = globSync('src/renderer/src/**/*.{ts,tsx}', { cwd: root })
  const sources = all.filter((file) => !/\.test\.|[\\/]testing[\\/]/.test(file))
  const text = sources.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n')
  return Object.keys(manifest.devDependencies).filter((name) => new RegExp(`from '${name}(/[^']*)?'`).test(text))
}

/** The licence that a package brings, or its declaration of one where it brings no text. */
function licenceText(folder: string): string {
  const file = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying)/i.test(name))
    .sort()[0]
  if (file !== undefined) return [file, ...partLicences(folder)].map((name) => readLicence(folder, name)).join('\n\n\n')
  const manifest = path.join(folder, 'package.json')
  if (!existsSync(manifest)) return ''
  const { license, author } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string; author?: unknown }
  const by = typeof author === 'string' ? author : ((author as { name?: string } | undefined)?.name ?? '')
  return `${license ?? 'No licence is named.'}${by === '' ? '' : `\n${by}`}`
}

/** The licences of what else is shipped from a package's folder. */
function partLicences(folder: string): readonly string[] {
  return path.basename(folder) === 'pdfjs-dist' ? pdfFileLicences(folder) : []
}

function readLicence(folder: string, name: string): string {
  const text = readFileSync(path.join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim()
  return name.includes('/') ? `${name}:\n\n${text}` : text
}
