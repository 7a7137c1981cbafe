import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { type FuseName, packageRules } from './package-rules.ts'
import { bytesBelow, listPackedFiles, type PackedApp, type PackedFile } from './packed-app.ts'

/** What is in a package, and each rule that it breaks, in words. */
export type Inspection = {
  readonly files: number
  readonly appBytes: number
  readonly folderBytes: number
  readonly fuses: Readonly<Record<string, string>>
  readonly broken: readonly string[]
}

/** The packages that are to be in the app, by folder name: `needed` must be there, `allowed` may. */
export type ExpectedModules = { readonly needed: readonly string[]; readonly allowed: readonly string[] }

/** Reads a package back and holds it to the rules, but for the fuses that are meant to differ. */
export async function inspectPackage(
  app: PackedApp,
  modules: ExpectedModules,
  differing: Partial<Record<FuseName, boolean>> = {},
): Promise<Inspection> {
  const files = listPackedFiles(app)
  const appBytes = files.reduce((total, file) => total + file.size, 0)
  const folderBytes = bytesBelow(app.root)
  const fuses = await readFuses(app)
  const broken = [
    ...brokenFileRules(files, modules),
    ...brokenAddonRules(files, app.platform),
    ...brokenSizes(app, appBytes, folderBytes),
    ...brokenFuses(fuses, { ...packageRules.fuses, ...differing }),
  ]
  return { files: files.length, appBytes, folderBytes, fuses, broken }
}

/** Files that should not have been packed, and those that must not be missing. */
function brokenFileRules(files: readonly PackedFile[], modules: ExpectedModules): readonly string[] {
  const paths = files.map((file) => file.path)
  const top = new Set<string>(packageRules.topLevel)
  const allowed = new Set([...modules.needed, ...modules.allowed])
  const packed = new Set(paths.flatMap(modulesOn))
  const needed = ['package.json', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']
  return [
    ...paths.filter((each) => packageRules.forbidden.test(each)).map((each) => `${each} is never packed`),
    ...paths.filter((each) => !top.has(each.split('/')[0] ?? '')).map((each) => `${each} is not part of the app`),
    ...[...packed]
      .filter((name) => !allowed.has(name))
      .map((name) => `node_modules/${name} is not a dependency that runs`),
    ...modules.needed.filter((name) => !packed.has(name)).map((name) => `node_modules/${name} is missing`),
    ...needed.filter((each) => !paths.includes(each)).map((each) => `${each} is missing`),
  ]
}

/** The keychain's addon: there, outside the archive, and for this system alone. */
function brokenAddonRules(files: readonly PackedFile[], platform: string): readonly string[] {
  const addons = files.filter((file) => file.path.endsWith('.node'))
  return [
    ...(addons.length === 0 ? ['the keychain’s addon is missing'] : []),
    ...addons.filter((file) => !file.unpacked).map((file) => `${file.path} is inside the archive`),
    ...addons
      .filter((file) => !file.path.includes(`/${platform}-`))
      .map((file) => `${file.path} is for another system`),
  ]
}

/** Fuses that are not as the rules have them. */
function brokenFuses(
  actual: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, boolean>>,
): readonly string[] {
  return Object.entries(wanted).flatMap(([name, on]) =>
    actual[name] === (on ? 'on' : 'off') ? [] : [`the fuse ${name} is ${actual[name] ?? 'unknown'}`],
  )
}

function brokenSizes(app: PackedApp, appBytes: number, folderBytes: number): readonly string[] {
  const limit = packageRules.folderBytes[app.platform]
  return [
    ...(appBytes > packageRules.appBytes ? [`the app's own ${appBytes} bytes are over ${packageRules.appBytes}`] : []),
    ...(folderBytes > limit ? [`the folder's ${folderBytes} bytes are over ${limit}`] : []),
  ]
}

async function readFuses(app: PackedApp): Promise<Readonly<Record<string, string>>> {
  const wire = await getCurrentFuseWire(app.binary)
  const names = Object.keys(packageRules.fuses) as readonly FuseName[]
  return Object.fromEntries(names.map((name) => [name, word(wire[FuseV1Options[name]])]))
}

function word(state: FuseState | undefined): string {
  if (state === FuseState.ENABLE) return 'on'
  return state === FuseState.DISABLE ? 'off' : 'unknown'
}

/** The packages on a file's path: `node_modules/@scope/name/…` is of `@scope/name`. */
function modulesOn(file: string): readonly string[] {
  return [...file.matchAll(/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map((match) => match[1] ?? '')
}
