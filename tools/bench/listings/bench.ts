import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Figures } from './measure.ts'

const usualCounts = [10_000, 100_000, 1_000_000]

/** Measures listings of several sizes: `npm run bench -- listings [COUNT …] [--rounds N]`. */
export async function run(options: readonly string[]): Promise<void> {
  const flag = options.indexOf('--rounds')
  const rounds = flag < 0 ? 3 : Number(options[flag + 1])
  const asked = options.filter((_, index) => flag < 0 || (index !== flag && index !== flag + 1)).map(Number)
  const counts = asked.length > 0 ? asked : usualCounts
  const results = new Map<number, readonly Figures[]>()
  for (const count of counts) results.set(count, await measureCount(count, rounds))

  const names = Object.keys(results.get(counts[0] ?? 0)?.[0] ?? {})
  const lines = [
    `| ms, memory in MiB; median of ${rounds} | ${counts.map((count) => count.toLocaleString('en')).join(' | ')} |`,
    `|---|${counts.map(() => '---:|').join('')}`,
    ...names.map((name) => `| ${name} | ${counts.map((count) => shown(results.get(count) ?? [], name)).join(' | ')} |`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/**
 * Electron's allocator gives the memory of a large array back to the system when it is freed. That of glibc, which Node
 * has alone, soon comes to keep it, unless it is told from which size on it may not.
 */
const largeArraysGoBack = { MALLOC_MMAP_THRESHOLD_: String(256 * 1024) }

async function measureCount(count: number, rounds: number): Promise<readonly Figures[]> {
  const server = fork(new URL('./serve-listing.ts', import.meta.url), [String(count)])
  const [{ port, length }] = (await once(server, 'message')) as [{ port: number; length: number }]
  process.stderr.write(`${count} files, ${(length / 1e6).toFixed(0)} MB\n`)
  const results: Figures[] = []
  for (let round = 0; round < rounds; round += 1) {
    const options = { execArgv: ['--expose-gc'], env: { ...process.env, ...largeArraysGoBack } }
    const child = fork(new URL('./measure.ts', import.meta.url), [String(port)], options)
    results.push(await figuresOf(child))
  }
  server.disconnect()
  return results
}

async function figuresOf(child: ChildProcess): Promise<Figures> {
  const [figures] = (await once(child, 'message')) as [Figures]
  await once(child, 'exit')
  return figures
}

function shown(results: readonly Figures[], name: string): string {
  const sorted = results.map((figures) => figures[name] ?? Number.NaN).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return median < 10 ? median.toFixed(1) : median.toFixed(0)
}
