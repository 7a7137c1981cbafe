// Brings what the project needs before anything else can run. Plain JavaScript without dependencies, for Node 20 and later.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { npmCommand } from './run-program.mjs'

export const root = path.resolve(import.meta.dirname, '..')
const stamp = path.join(root, 'node_modules', '.installed-lockfile')

/**
 * Says what happens on stderr, so that stdout stays the command's own.
 *
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Installs the npm packages when the lockfile has changed since the last time. Throws when that fails. */
export function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(nodeBinary())) return
  say('Installing npm packages (npm install) …')
  const [command, ...npm] = npmCommand()
  // Not `npm ci`: it refuses a lockfile from a registry that does not carry every platform's optional binaries.
  const args = [...npm, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (result.status !== 0) throw new Error('npm install failed; its own words are above.')
  writeFileSync(stamp, wanted)
}

/** The Node 24 that the `node` package brings: the line that Electron embeds. */
export function nodeBinary() {
  const linked = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(linked) && statSync(linked).size > 0 ? linked : path.join(root, 'node_modules', '.bin', 'node')
}

/** The environment with the project's own commands, Node 24 first, on the PATH. */
export function projectEnvironment() {
  const bin = path.join(root, 'node_modules', '.bin')
  return {
    ...process.env,
    PATH: `${path.dirname(nodeBinary())}${path.delimiter}${bin}${path.delimiter}${process.env.PATH ?? ''}`,
  }
}

/**
 * The path of Electron's binary, which its package downloads when it is first asked for; null where that fails. Run by
 * Node 24, since the package no longer runs on Node 20.
 */
export function bringElectron() {
  const script = "process.stdout.write('\\n' + require('electron'))"
  const result = spawnSync(nodeBinary(), ['-e', script], { cwd: root, encoding: 'utf8' })
  const binary = result.stdout?.trim().split('\n').at(-1) ?? ''
  return result.status === 0 && existsSync(binary) ? binary : null
}

/** @type {readonly (readonly [name: string, proof: string])[]} */
const debianPackages = [
  ['chromium', '/usr/bin/chromium'],
  ['nginx', '/usr/sbin/nginx'],
  ['libsecret-1-0', '/usr/share/doc/libsecret-1-0'],
  ['gnome-keyring', '/usr/bin/gnome-keyring-daemon'],
  ['dbus-x11', '/usr/bin/dbus-launch'],
  ['fonts-dejavu-core', '/usr/share/fonts/truetype/dejavu'],
  // It reads archives back by other code than ours.
  ['python3', '/usr/bin/python3'],
  // They look at the menu entry and the metainfo of Linux's packages.
  ['desktop-file-utils', '/usr/bin/desktop-file-validate'],
  ['appstream', '/usr/bin/appstreamcli'],
]
export const testPackages = debianPackages.map(([name]) => name)
/** What shows the window where Electron's binary is missing. */
export const windowPackages = ['chromium', 'fonts-dejavu-core']

/**
 * Installs the named Debian packages that are missing, as root; otherwise says which are. Returns those still missing.
 *
 * @param {readonly string[]} names
 * @param {string} consequence what to say follows from their missing
 * @returns {readonly string[]}
 */
export function installDebianPackages(names, consequence) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return []
  const missing = () =>
    debianPackages.filter(([name, proof]) => names.includes(name) && !existsSync(proof)).map(([name]) => name)
  const wanted = missing()
  if (wanted.length === 0) return []
  if (process.getuid?.() !== 0) {
    say(`Not installed, and not root: ${wanted.join(', ')}. ${consequence}`)
    return wanted
  }
  say(`Installing Debian packages: ${wanted.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { stdio: ['ignore', 2, 2], env })
  return missing()
}
