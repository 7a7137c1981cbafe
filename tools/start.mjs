// `npm start`: installs what the app needs, builds it, and opens it in Electron.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { installPackages, nodeBinary, projectEnvironment, root, say } from './install.mjs'

const argumentsForApp = process.argv.slice(2)

installPackages()
if (argumentsForApp[0] === '--cli') exitWith(run(nodeBinary(), ['src/cli/index.ts', ...argumentsForApp.slice(1)]))

say('Building …')
if (run('electron-vite', ['build', '--logLevel', 'warn']) !== 0) exitWith(1)
const electron = electronBinary()
if (electron === null) {
  say('Electron’s own binary could not be downloaded here, so the window cannot open.')
  say('The command line works without it: npm start -- --cli --help')
  exitWith(1)
}
exitWith(run(electron, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.', ...argumentsForApp]))

/** The path of Electron's binary, which its package downloads when it is first asked for; null where that fails. */
function electronBinary() {
  try {
    return createRequire(import.meta.url)('electron')
  } catch {
    return null
  }
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: projectEnvironment() }).status ?? 1
}

function exitWith(status) {
  process.exit(status)
}
