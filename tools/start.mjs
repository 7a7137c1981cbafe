// `npm start`: installs what the app needs, builds it, and opens it in Electron, or as near to that as this computer can.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import {
  bringElectron,
  installDebianPackages,
  installPackages,
  nodeBinary,
  projectEnvironment,
  root,
  say,
  windowPackages,
} from './install.mjs'

const help = `npm start -- [--execution ID] [--base-url URL] [--headless]
npm start -- --cli [ARGUMENT …]

  --execution ID   open this execution; its web address will do as well
  --base-url URL   ask this API instead of Asteroid's own
  --headless       no window on screen: the sample run (or --execution) is opened and downloaded to a folder here
  --cli …          the command line, with its own arguments (--cli --help says which)
`
const quietly = ['--disable-warning=ExperimentalWarning']
const given = process.argv.slice(2)
const isCommandLine = given[0] === '--cli'
/** @type {ReturnType<typeof readFlags>} */
const flags = isCommandLine ? {} : readFlags()
installPackages()
if (flags.execution !== undefined && !isExecution(flags.execution)) {
  say(`“${flags.execution}” names no execution. Give its id, its web address, or asteroid-files://executions/ID.`)
  process.exit(2)
}
if (isCommandLine) process.exit(run(nodeBinary(), [...quietly, 'src/cli/index.ts', ...given.slice(1)]))
say('Building …')
if (run(nodeBinary(), ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn']) !== 0)
  process.exit(1)
process.exit(start())

function start() {
  const appArguments = flags.execution ? [`--execution=${flags.execution}`] : []
  if (flags.headless || !hasDisplay()) {
    const why = hasDisplay() ? 'As asked' : 'There is no display here'
    say(`${why}: the window is opened off screen, and the run is downloaded.`)
    return tour(appArguments)
  }
  const electron = bringElectron()
  if (electron) return run(electron, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.', ...appArguments])
  say('Electron’s binary could not be downloaded, so the same build opens in Chromium. Missing there: the menu bar,')
  say('system dialogs (choosing a folder), notifications, the progress in the dock, and dragging files out.')
  installDebianPackages(windowPackages, 'Install them to see the window.')
  return run(nodeBinary(), [...quietly, 'e2e/electron-host/run.ts', '.', '--host-window', ...appArguments])
}

/**
 * Drives the window off screen, on Chromium; without one the command line does the same work.
 *
 * @param {readonly string[]} appArguments
 */
function tour(appArguments) {
  const missing = installDebianPackages(windowPackages, 'Without them there are no pictures of the window.')
  if (!missing.includes('chromium')) return run(nodeBinary(), [...quietly, 'tools/headless-tour.ts', ...appArguments])
  const execution = flags.execution ? [flags.execution] : ['--sample']
  return run(nodeBinary(), [...quietly, 'src/cli/index.ts', 'get', ...execution, '--to', 'asteroid-files-sample'])
}

/**
 * Asks what the app itself would make of it, before minutes go into a build.
 *
 * @param {string} reference
 */
function isExecution(reference) {
  const script = `import { parseExecutionReference } from './src/shared/execution-reference.ts'
process.exitCode = parseExecutionReference(process.argv[1]) === null ? 2 : 0`
  const args = [...quietly, '--input-type=module', '-e', script, '--', reference]
  return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'ignore' }).status !== 2
}

function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function readFlags() {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        execution: { type: 'string' },
        'base-url': { type: 'string' },
        headless: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) {
      process.stdout.write(help)
      process.exit(0)
    }
    return values
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${help}`)
    process.exit(2)
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const env = { ...projectEnvironment(), ...(flags['base-url'] && { ASTEROID_BASE_URL: flags['base-url'] }) }
  // Programs by their whole path, and without a shell, which on Windows would split a path at its blanks.
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
}
