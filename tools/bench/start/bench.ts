import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ask } from '../../../e2e/bridge.ts'
import { launchApp } from '../../../e2e/launch-app.ts'

const milestones = ['main', 'ready', 'window-shown', 'first-rows'] as const

type Start = { readonly runtime: string; readonly reached: ReadonlyMap<string, number> }

/**
 * Starts the built app on the sample's finished run, again and again, and prints how long each part of the start took, in
 * milliseconds from the process's start. On the host they are the host's figures, and not the product's.
 */
export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...options], options: { starts: { type: 'string', default: '6' } } })
  const starts: Start[] = []
  const profile = mkdtempSync(path.join(tmpdir(), 'asteroid-files-start-'))
  try {
    // The first start fills the caches that every later one finds.
    for (let count = 0; count < Number(values.starts); count += 1) starts.push(await startOnce(profile, count))
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  process.stdout.write(`on ${starts[0]?.runtime}: first start, then the median of ${starts.length - 1} more\n`)
  for (const milestone of milestones) {
    const [first, ...later] = starts.map(({ reached }) => reached.get(milestone) ?? Number.NaN)
    const median = later.toSorted((one, other) => one - other)[Math.floor(later.length / 2)]
    process.stdout.write(`${milestone.padEnd(14)}${String(first).padStart(7)}${String(median).padStart(7)} ms\n`)
  }
}

async function startOnce(profile: string, count: number): Promise<Start> {
  const folder = path.join(profile, 'profile')
  const finishedRun = '5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11'
  const app = await launchApp({ profile: folder, args: ['--sample', `--execution=${finishedRun}`] })
  await app.window.getByRole('treegrid').getByRole('row').nth(3).waitFor()
  // The log is written a moment after what it tells of.
  await ask(app.window, 'app:copy-diagnostics', undefined)
  await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => {})
  await app.ended
  return { runtime: app.runtime, reached: readStart(path.join(folder, 'logs', 'main.log'), count) }
}

/** The milestones of one start; the log holds all so far. */
function readStart(file: string, count: number): ReadonlyMap<string, number> {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const told = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'Start-up')
  const begins = told.flatMap(({ milestone }, index) => (milestone === 'main' ? [index] : []))
  const ours = told.slice(begins[count], begins[count + 1])
  return new Map(ours.map(({ milestone, milliseconds }) => [milestone, milliseconds]))
}
