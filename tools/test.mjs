// `npm test`: installs what the tests need, runs every check, and ends in "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  bringElectron,
  installDebianPackages,
  installPackages,
  nodeBinary,
  projectEnvironment,
  root,
  say,
  testPackages,
} from './install.mjs'
import useOwnTemporaryFolder from './own-temporary-folder.mjs'
import { packageScript, runProgram } from './run-program.mjs'
import { playwrightCounts, secondTries, secondTriesText, vitestCounts } from './test-counts.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
installPackages()
installDebianPackages(testPackages, 'Tests that need them are skipped.')
say(bringElectron() ? 'Window tests run on Electron.' : 'Electron’s binary can’t be had: window tests run on Chromium.')
useOwnTemporaryFolder()
const reports = mkdtempSync(path.join(tmpdir(), 'reports-'))
const environment = projectEnvironment()

count('lint', await run(packageScript('@biomejs/biome'), ['ci', '.']))
count('types', await run(packageScript('typescript', 'tsc'), ['--build']))
await runVitest()
count('build', await run(packageScript('electron-vite'), ['build', '--logLevel', 'warn']))
count('budgets', await run('tools/checks/print-budgets.ts', []))
count('package', await run('tools/package/package-app.ts', ['--dir']))
const late = await runPlaywright()

process.stdout.write(secondTriesText(late))
if (totals.skipped > 0) process.stdout.write(`${totals.skipped} skipped, which can't run here\n`)
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
process.exit(totals.failed === 0 ? 0 : 1)

/**
 * Runs a script by Node 24; settles with its exit status.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 */
async function run(script, args, extra = {}) {
  say(`\n> ${path.relative(root, path.resolve(root, script))} ${args.join(' ')}`)
  const { status, interrupted } = await runProgram(nodeBinary(), [script, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...environment, ...extra },
    // A step that hangs has failed.
    timeout: 20 * 60_000,
    killSignal: 'SIGKILL',
  })
  if (interrupted) process.exit(130)
  return status
}

/**
 * Counts a step. A step that ends with 77 could not run here, and has said what is missing.
 *
 * @param {string} name
 * @param {number} status
 */
function count(name, status) {
  if (status === 77) {
    totals.skipped += 1
    return
  }
  if (status !== 0) say(`${name} failed`)
  totals[status === 0 ? 'passed' : 'failed'] += 1
}

async function runVitest() {
  const file = path.join(reports, 'vitest.json')
  const status = await run(packageScript('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  add(vitestCounts(status, readReport(file)))
}

/** Settles with the names of the tests that passed only at the second try. */
async function runPlaywright() {
  const file = path.join(reports, 'playwright.json')
  const status = await run(
    packageScript('@playwright/test', 'playwright'),
    ['test', '--retries=1', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  )
  const report = readReport(file)
  add(playwrightCounts(status, report))
  return secondTries(report)
}

/** @param {import('./test-counts.mjs').Counts} counts */
function add({ passed, failed, skipped }) {
  totals.passed += passed
  totals.failed += failed
  totals.skipped += skipped
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
