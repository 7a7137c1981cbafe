// Builds, packages and reads back the app: npm run package [-- --dir] [-- any other argument of electron-builder]
//
// Where Electron cannot be downloaded, `--dir` and, with 7-Zip on the system, `--linux tar.gz` are made around a stand-in,
// which shows what is packed and cannot run.
// `--inspectable` leaves the fuse on that end-to-end tests of the packaged app need.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { packageScript } from '../run-program.mjs'
import { readLockfile, readManifest, runtimeModules } from '../supply-chain/lockfile.ts'
import { inspectPackage } from './inspect-package.ts'
import { findPackedApps } from './packed-app.ts'
import { archiveFaults, findArchives } from './read-archive.ts'
import { makeStandIn } from './stand-in.ts'

const root = path.resolve(import.meta.dirname, '../..')
const output = path.join(root, 'dist')
/** Debian's 7-Zip, for where electron-builder can't download its own; a path in its variable goes before. */
const systemSevenZip = '/usr/bin/7za'
/** The exit status that says: not wrong, but not possible here. */
const partsMissing = 77
const inspectable = process.argv.includes('--inspectable')
const passedOn = process.argv.slice(2).filter((each) => each !== '--inspectable')

run(packageScript('electron-vite'), ['build', '--logLevel', 'warn'])
rmSync(output, { recursive: true, force: true })
run(packageScript('electron-builder'), [
  ...passedOn,
  '--publish',
  'never',
  ...(inspectable ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
  ...standInArguments(),
])

const modules = {
  needed: Object.keys(readManifest(root).dependencies),
  allowed: runtimeModules(readLockfile(root)),
}
let broken = 0
const apps = findPackedApps(output)
for (const app of apps) {
  const differing = inspectable ? { EnableNodeCliInspectArguments: true } : {}
  const inspection = await inspectPackage(app, modules, differing)
  const fuses = Object.entries(inspection.fuses).map(([name, state]) => `${name} ${state}`)
  console.log(`${path.relative(root, app.root)}`)
  console.log(`  ${inspection.files} files of our own, ${megabytes(inspection.appBytes)}`)
  console.log(`  whole folder ${megabytes(inspection.folderBytes)}`)
  console.log(`  fuses: ${fuses.join(', ')}`)
  for (const each of inspection.broken) console.error(`  broken: ${each}`)
  broken += inspection.broken.length
}
for (const { archive, folder } of findArchives(output)) {
  const faults = archiveFaults(archive, folder)
  console.log(`${path.relative(root, archive)}, read back`)
  for (const each of faults) console.error(`  broken: ${each}`)
  broken += faults.length
}
if (apps.length === 0) console.error('broken: no app with an archive came of it, so nothing could be read back')
process.exit(apps.length > 0 && broken === 0 ? 0 : 1)

/** Points electron-builder at a stand-in where Electron cannot be had and only what needs no other download is asked for. */
function standInArguments(): readonly string[] {
  const electron = path.join(root, 'node_modules', 'electron')
  if (spawnSync(process.execPath, [path.join(electron, 'install.js')], { stdio: 'ignore' }).status === 0) return []
  if (process.platform !== 'linux' || !(passedOn.includes('--dir') || isArchiveAlone())) {
    console.error(
      'Electron could not be downloaded here, and a package needs it. On Linux, --dir works without, and so does',
    )
    console.error('--linux tar.gz where 7-Zip is installed (on Debian, p7zip-full).')
    process.exit(partsMissing)
  }
  console.error(
    'Electron could not be downloaded here: packaging around a stand-in. The result shows what is packed and',
  )
  console.error('which fuses are flipped; it cannot run.')
  const folder = mkdtempSync(path.join(tmpdir(), 'electron-stand-in-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  makeStandIn(folder, electron)
  if (existsSync(systemSevenZip)) process.env.ELECTRON_BUILDER_7ZIP_PATH ??= systemSevenZip
  return [`-c.electronDist=${folder}`]
}

/** All other packages need tools that electron-builder downloads. */
function isArchiveAlone(): boolean {
  const targets = passedOn.filter((each) => !each.startsWith('-'))
  const isAsked = passedOn.includes('--linux') && targets.length > 0 && targets.every((each) => each === 'tar.gz')
  return isAsked && (process.env.ELECTRON_BUILDER_7ZIP_PATH !== undefined || existsSync(systemSevenZip))
}

function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
