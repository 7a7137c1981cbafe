import { type Lockfile, type Manifest, moduleName } from '../supply-chain/lockfile.ts'

/** The only packages whose install scripts run: Node's own binary for the scripts of this project. */
const trustedScripts: readonly string[] = ['node']
const exactVersion = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
const allowedLicences: readonly string[] = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']

/** Versions that are not exact: what is installed would hang on the day. */
export function looseVersions(manifest: Manifest): readonly string[] {
  return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !exactVersion.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`)
}

/** Packages that stand as both kinds of dependency: they count as development's, and would not be packed. */
export function doubledDependencies(manifest: Manifest): readonly string[] {
  return Object.keys(manifest.dependencies)
    .filter((name) => name in manifest.devDependencies)
    .map((name) => `${name} is in dependencies and in devDependencies`)
}

/** Packages without a hash, or with an address: the lockfile says what is fetched, and leaves from where to npm. */
export function lockfileFaults(lockfile: Lockfile, manifest: Manifest): readonly string[] {
  const entries = Object.entries(lockfile.packages)
  const root = lockfile.packages['']
  return [
    ...entries.filter(([, entry]) => entry.resolved !== undefined).map(([place]) => `${place} names a host`),
    ...entries.filter(([place, entry]) => place !== '' && !entry.integrity).map(([place]) => `${place} has no hash`),
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([name, version]) => ({ ...root?.dependencies, ...root?.devDependencies })[name] !== version)
      .map(([name]) => `${name} differs between package.json and the lockfile`),
  ]
}

/** Install scripts that nobody decided about, and those that run without being trusted here. */
export function scriptFaults(lockfile: Lockfile, manifest: Manifest): readonly string[] {
  const withScripts = Object.entries(lockfile.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([place, entry]) => entry.name ?? moduleName(place))
  return [
    ...withScripts
      .filter((name) => manifest.allowScripts[name] === undefined)
      .map((name) => `${name} has an install script; allowScripts in package.json must say whether it runs`),
    ...Object.entries(manifest.allowScripts)
      .filter(([name, allowed]) => allowed && !trustedScripts.includes(name))
      .map(([name]) => `${name} may run an install script`),
  ]
}

/** Shipped packages whose licence asks for more than to be shown. */
export function licenceFaults(
  packages: readonly { readonly name: string; readonly licence: string }[],
): readonly string[] {
  return packages
    .filter(({ licence }) => !choicesOf(licence).some((choice) => allowedLicences.includes(choice)))
    .map(({ name, licence }) => `${name} has the licence ${licence || 'none'}`)
}

/** The licences that one may choose from: `(MPL-2.0 OR Apache-2.0)` leaves the choice to who uses it. */
function choicesOf(licence: string): readonly string[] {
  return licence.replace(/^\(|\)$/g, '').split(' OR ')
}

/** Runtime dependencies that docs/dependencies.md gives no reason for, and reasons for what is no longer there. */
export function reasonFaults(manifest: Manifest, document: string): readonly string[] {
  const names = Object.keys(manifest.dependencies)
  const explained = [...document.matchAll(/^### `([^`]+)`/gm)].map((match) => match[1] ?? '')
  return [
    ...names.filter((name) => !explained.includes(name)).map((name) => `${name} has no reason in docs/dependencies.md`),
    ...explained.filter((name) => !names.includes(name)).map((name) => `${name} is explained and not a dependency`),
  ]
}
