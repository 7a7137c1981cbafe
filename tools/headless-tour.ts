// Opens a run in the window off screen, downloads all of it, and saves pictures: node tools/headless-tour.ts [--execution=ID]
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { ask } from '../e2e/bridge.ts'
import { type LaunchedApp, launchApp } from '../e2e/launch-app.ts'
import { isOver } from '../src/shared/ended.ts'
import type { Batch } from '../src/shared/models/transfer.ts'
import useOwnTemporaryFolder from './own-temporary-folder.mjs'

const given = process.argv.slice(2)
const folder = path.resolve(given.length > 0 ? 'asteroid-files-run' : 'asteroid-files-sample')
const pictures = path.join(folder, 'screenshots')
useOwnTemporaryFolder()
const profile = mkdtempSync(path.join(tmpdir(), 'asteroid-files-profile-'))
const treeLines = 400
/** Long past the time after which the window itself gives up on an API that does not answer. */
const patience = 600_000

mkdirSync(pictures, { recursive: true })
// A second tour finds the files of the first, and takes only what has changed.
writeFileSync(
  path.join(profile, 'settings.json'),
  JSON.stringify({ downloadFolder: folder, conflicts: 'skip-if-same' }),
)
const app = await launchApp({ profile, env: connection() })
try {
  process.exitCode = (await tour(app)) ? 0 : 1
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  if (app.output() !== '') say(app.output())
  process.exitCode = 1
} finally {
  await app.kill()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

async function tour({ runtime, window, evaluate }: LaunchedApp): Promise<boolean> {
  say(`The window runs on ${runtime === 'electron' ? 'Electron' : 'Chromium in Electron’s place'}.`)
  await window.locator('#root > *').first().waitFor()
  await picture('welcome')

  await evaluate(({ app: electronApp }, argv) => electronApp.emit('second-instance', {}, argv), await wanted(app))
  await untilShown(window, window.getByRole('treegrid').getByRole('row').nth(3))
  await picture('files')
  await window.emulateMedia({ colorScheme: 'dark' })
  await picture('files-dark')
  await window.emulateMedia({ colorScheme: null })

  await evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('download-all')?.click())
  const batch = await followDownload(app)
  await picture('downloaded')
  printTree(folder)
  say(`${batch.doneCount} of ${batch.fileCount} files are in ${folder}, and pictures of the window in ${pictures}.`)
  for (const failure of batch.failures) say(`${failure.path}: ${failure.error.message}`)
  return batch.status.state === 'done' && batch.failedCount === 0

  async function picture(name: string): Promise<void> {
    await window.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled' })
  }
}

/** Waits for a part of the window; throws what the window says when it shows a problem in its place. */
async function untilShown(window: Page, part: Locator): Promise<void> {
  const problem = window
    .getByRole('alert')
    .filter({ has: window.getByRole('heading') })
    // A pause that the API asks for ends by itself.
    .filter({ hasNotText: 'Trying again in' })
  await part.or(problem).first().waitFor({ timeout: patience })
  if (await part.isVisible()) return
  const words = await problem.locator('h1, h2, p:not(:has(code))').allInnerTexts()
  throw new Error(words.map((each) => each.trim().replace(/[^.]$/, '$&.')).join(' '))
}

/** The command line that names the run: the one that was asked for, or the finished run of the sample. */
async function wanted({ window }: LaunchedApp): Promise<readonly string[]> {
  if (given.length > 0) return given
  const [finished] = await ask(window, 'sample:list', undefined)
  if (!finished) throw new Error('The sample has no runs.')
  say(`Opening the sample run “${finished.label}” …`)
  return ['--sample', `--execution=${finished.executionId}`]
}

async function followDownload({ window }: LaunchedApp): Promise<Batch> {
  for (let told = 0; ; ) {
    const [batch] = await ask(window, 'transfers:list', undefined)
    if (batch && isOver(batch.status)) return batch
    if (batch && Date.now() - told > 1_000) {
      say(progressLine(batch))
      told = Date.now()
    }
    await window.waitForTimeout(200)
  }
}

function progressLine({ receivedBytes, totalBytes, doneCount, fileCount, speed, secondsLeft }: Batch): string {
  const share = totalBytes > 0 ? Math.floor((100 * receivedBytes) / totalBytes) : 0
  const rate = speed > 0 ? `, ${megabytes(speed)}/s` : ''
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
  return `${share} %  ${doneCount} of ${fileCount} files, ${megabytes(receivedBytes)} of ${megabytes(totalBytes)}${rate}${left}`
}

function printTree(root: string): void {
  const lines = treeOf(root, '')
  process.stdout.write(`${lines.slice(0, treeLines).join('\n')}\n`)
  if (lines.length > treeLines) process.stdout.write(`… and ${lines.length - treeLines} more\n`)
}

function treeOf(parent: string, indent: string): string[] {
  return readdirSync(parent, { withFileTypes: true })
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => {
      const full = path.join(parent, entry.name)
      if (entry.isDirectory()) return [`${indent}${entry.name}/`, ...treeOf(full, `${indent}  `)]
      return [`${indent}${entry.name}  ${statSync(full).size.toLocaleString('en')} bytes`]
    })
}

/** The key and the API's address, which a test must not inherit and a person's own start does. */
function connection(): Record<string, string> {
  const names = ['ASTEROID_API_KEY', 'ASTEROID_BASE_URL']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
