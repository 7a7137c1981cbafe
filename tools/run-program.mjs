// Starts programs by their whole paths and without a shell, which on Windows would split a path at its blanks. Plain
// JavaScript for Node 20 and later.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/**
 * Runs a program to its end, and passes signals on to it. Settles with its exit status, and with whether a signal came for
 * it; a program that could not be started, or was ended by a signal, has the status 1.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ readonly status: number, readonly interrupted: boolean }>}
 */
export function runProgram(command, args, options) {
  const child = spawn(command, args, options)
  let interrupted = false
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    interrupted = true
    child.kill(signal)
  }
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, passOn)
  return new Promise((resolve) => {
    /** @param {number | null} status */
    const settle = (status) => {
      for (const signal of signals) process.off(signal, passOn)
      resolve({ status: status ?? 1, interrupted })
    }
    child.once('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      settle(null)
    })
    child.once('exit', settle)
  })
}

/**
 * The script of a command that an installed package brings, to be run by Node: on Windows, what lies in
 * `node_modules/.bin` runs in a shell only.
 *
 * @param {string} packageName
 * @param {string} [command] the package's own name when not given
 * @returns {string}
 */
export function packageScript(packageName, command = path.posix.basename(packageName)) {
  const folder = path.join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const script = typeof bin === 'string' ? bin : bin?.[command]
  if (typeof script !== 'string') throw new Error(`${packageName} brings no command ${command}.`)
  return path.join(folder, script)
}

/**
 * The program and its first arguments that run npm: its script, by the Node that runs this, where that is known. npm itself
 * names it to the scripts that it runs.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {readonly [string, ...string[]]}
 */
export function npmCommand(environment = process.env) {
  const beside = path.dirname(process.execPath)
  const script = [
    environment.npm_execpath ?? '',
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((each) => path.basename(each) === 'npm-cli.js' && existsSync(each))
  if (script !== undefined) return [process.execPath, script]
  if (process.platform !== 'win32') return ['npm']
  throw new Error('npm was not found beside Node. Start this by npm: npm test, or npm start.')
}
