import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleEngine } from './bundle-engine.ts'
import { type Contender, contenders, type Job, ours } from './contenders.ts'
import { serveFiles } from './serve-files.ts'
import { farAway } from './slow-link/far-away.ts'
import { farWorkloads, fullWorkloads, largestWorkloads, makeFiles, quickWorkloads, type Workload } from './workloads.ts'

type Run = {
  readonly wall: number
  readonly cpu: number
  readonly memory: number
  /** Seconds once its process had started; only the engine tells. */
  readonly started: number
}

/** The magic number of a file system of that kind, as statfs(2) tells it. */
const ext4 = 0xef53

/**
 * Sets the engine beside other downloaders:
 * `npm run bench -- transfers [--quick] [--rounds N] [--only WORKLOAD] [--over http|https] [--link slow] [--to FOLDER]`.
 * Files are served from memory by nginx on this computer, and written below FOLDER (the system's temporary folder).
 * Every contender warms up once; then the rounds are shuffled, so that no one always runs first.
 */
export async function run(options: readonly string[]): Promise<void> {
  const isQuick = options.includes('--quick')
  const rounds = Number(optionOf(options, '--rounds') ?? (isQuick ? 3 : 5))
  const wanted = optionOf(options, '--only')
  const over = optionOf(options, '--over')
  const isFar = optionOf(options, '--link') === 'slow'
  if (!existsSync('/usr/bin/time'))
    throw new Error('This bench needs GNU time (/usr/bin/time) to measure others fairly.')
  const from = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'asteroid-bench-'))
  const work = mkdtempSync(path.join(optionOf(options, '--to') ?? tmpdir(), 'asteroid-bench-'))
  const engine = await bundleEngine(path.join(work, 'engine'))
  const near = await serveFiles(from, work)
  const server = isFar ? await farAway(near) : near
  const all = isFar ? farWorkloads : isQuick ? quickWorkloads : fullWorkloads
  try {
    for (const workload of wanted ? [...all, ...largestWorkloads].filter(({ name }) => name.includes(wanted)) : all) {
      const names = await makeFiles(from, workload)
      for (const base of [server.http, server.https]) {
        if (over !== undefined && !base.startsWith(`${over}:`)) continue
        const job: Job = {
          base,
          names,
          bytes: workload.bytes,
          certificate: server.certificate,
          engine,
          target: path.join(work, 'target'),
          work,
        }
        const other = isFar && workload.count > 1 ? 'curl, 16 parallel' : 'curl'
        const few = largestWorkloads.includes(workload) ? [ours] : isFar ? [ours, other, 'aria2c'] : null
        const able = contenders.filter((each) => each.command(job) !== null && (few?.includes(each.name) ?? true))
        const results = measureAll(able, job, rounds, workload)
        const title = `${workload.name}, ${base.split(':')[0]?.toUpperCase()}${isFar ? ', far away' : ''}`
        process.stdout.write(`\n${table(title, results, other)}\n`)
      }
      rmSync(path.join(from, path.dirname(names[0] ?? '')), { recursive: true })
    }
  } finally {
    server.stop()
    rmSync(from, { recursive: true, force: true })
    rmSync(work, { recursive: true, force: true })
  }
}

function measureAll(
  able: readonly Contender[],
  job: Job,
  rounds: number,
  workload: Workload,
): ReadonlyMap<string, readonly Run[]> {
  const results = new Map<string, Run[]>(able.map(({ name }) => [name, []]))
  for (const contender of able) measure(contender, job, workload)
  for (let round = 0; round < rounds; round += 1)
    for (const contender of shuffled(able)) results.get(contender.name)?.push(measure(contender, job, workload))
  return results
}

function measure({ name, command }: Contender, job: Job, workload: Workload): Run {
  mkdirSync(job.target)
  const args = command(job) ?? []
  const started = performance.now()
  // Reading certificates that nothing needs would be time of nobody's download.
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env
  const trust = job.base.startsWith('https:') ? { NODE_EXTRA_CA_CERTS: job.certificate } : {}
  const { status, stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', ...args], {
    encoding: 'utf8',
    env: { ...environment, ...trust },
  })
  const wall = (performance.now() - started) / 1_000
  const [user = 0, system = 0, kibibytes = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  const there = readdirSync(job.target)
  const whole = there.filter((each) => statSync(path.join(job.target, each)).size === workload.bytes)
  if (status !== 0 || whole.length !== workload.count) throw new Error(`${name} failed: ${stderr}`)
  makeWay(job.target, workload)
  return { wall, cpu: user + system, memory: kibibytes / 1024, started: Number.parseFloat(stdout) }
}

/**
 * Leaves nothing for the next run to trip over. ext4 looks past the inodes of files that were removed within the last minute,
 * one by one for each new file: whoever came after thousands of them were removed took several times as long. There many
 * files are moved aside until all is measured.
 */
function makeWay(target: string, { count }: Workload): void {
  if (count > 1 && statfsSync(target).type === ext4) renameSync(target, mkdtempSync(`${target}-`))
  else rmSync(target, { recursive: true })
}

function table(title: string, results: ReadonlyMap<string, readonly Run[]>, other: string): string {
  const baseline = median(results.get(other) ?? [], 'wall')
  const lines = [...results].map(([name, runs]) => {
    const wall = median(runs, 'wall')
    const best = Math.min(...runs.map((each) => each.wall))
    const cells = [
      wall.toFixed(2),
      best.toFixed(2),
      Number.isNaN(baseline) ? '–' : (wall / baseline).toFixed(2),
      median(runs, 'cpu').toFixed(2),
      median(runs, 'memory').toFixed(0),
    ]
    const once = median(runs, 'started')
    const withoutStart = [once, Math.min(...runs.map((each) => each.started)), once / baseline]
    const extra = Number.isNaN(once)
      ? ''
      : `\n| ${[`${name}, once started`, ...withoutStart.map((each) => each.toFixed(2)), '–', '–'].join(' | ')} |`
    return `| ${[name, ...cells].join(' | ')} |${extra}`
  })
  return [
    `| ${title} | wall s | best | × ${other} | CPU s | peak MiB |`,
    '|---|---:|---:|---:|---:|---:|',
    ...lines,
  ].join('\n')
}

function median(runs: readonly Run[], key: keyof Run): number {
  const values = runs.map((each) => each[key]).sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? Number.NaN
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  return all
    .map((each) => ({ each, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}

function optionOf(options: readonly string[], flag: string): string | undefined {
  const at = options.indexOf(flag)
  return at < 0 ? undefined : options[at + 1]
}
