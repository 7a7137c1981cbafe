// `npm test`: installs what the tests need, runs every check, and ends in "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  bringElectron,
  installDebianPackages,
  installPackages,
  projectEnvironment,
  root,
  say,
  testPackages,
} from './install.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
installPackages()
installDebianPackages(testPackages, 'Tests that need them are skipped.')
say(bringElectron() ? 'Window tests run on Electron.' : 'Electron’s binary can’t be had: window tests run on Chromium.')
const reports = mkdtempSync(path.join(tmpdir(), 'asteroid-files-reports-'))
const environment = projectEnvironment()

count('lint', run('biome', ['ci', '.']))
count('types', run('tsc', ['--build']))
runVitest()
count('build', run('electron-vite', ['build', '--logLevel', 'warn']))
count('budgets', run('node', ['tools/checks/print-budgets.ts']))
count('package', run('node', ['tools/package/package-app.ts', '--dir']))
if (existsSync(path.join(root, 'playwright.config.ts'))) runPlaywright()

if (totals.skipped > 0) process.stdout.write(`${totals.skipped} skipped, which can't run here\n`)
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
process.exit(totals.failed === 0 ? 0 : 1)

function run(command, args, extra = {}) {
  say(`\n> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...environment, ...extra },
    shell: process.platform === 'win32',
    // A step that hangs has failed.
    timeout: 20 * 60_000,
    killSignal: 'SIGKILL',
  }).status
}

/** Counts a step. A step that ends with 77 could not run here, and has said what is missing. */
function count(name, status) {
  if (status === 77) {
    totals.skipped += 1
    return
  }
  if (status !== 0) say(`${name} failed`)
  totals[status === 0 ? 'passed' : 'failed'] += 1
}

function runVitest() {
  const file = path.join(reports, 'vitest.json')
  const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = readReport(file)
  totals.passed += report?.numPassedTests ?? 0
  totals.failed += report?.numFailedTests ?? 0
  totals.skipped += report?.numPendingTests ?? 0
  if (status !== 0 && !report?.numFailedTests) totals.failed += 1
}

function runPlaywright() {
  const file = path.join(reports, 'playwright.json')
  const status = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const stats = readReport(file)?.stats
  totals.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  totals.failed += stats?.unexpected ?? 0
  totals.skipped += stats?.skipped ?? 0
  if (status !== 0 && !stats?.unexpected) totals.failed += 1
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
