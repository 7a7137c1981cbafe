import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { bundleEngine } from '../transfers/bundle-engine.ts'
import type { MemoryJob, MemoryTaken } from './memory-batch.ts'
import { serveSizes } from './serve-sizes.ts'

const gibi = 1024 ** 3
const workloads: readonly Pick<MemoryJob, 'kind' | 'count' | 'bytes'>[] = (['files', 'archive'] as const).flatMap(
  (kind) => [
    { kind, count: 1_000, bytes: 300 },
    { kind, count: 10_000, bytes: 300 },
    { kind, count: 100_000, bytes: 300 },
    { kind, count: 300_000, bytes: 300 },
    { kind, count: 1, bytes: gibi },
    { kind, count: 1, bytes: 10 * gibi },
  ],
)

/**
 * Measures whether a download's memory grows with the number or the size of its files: `npm run bench -- memory [--rounds N]
 * [--only files|archive] [--most COUNT] [--to FOLDER]`. Each is brought by a fresh process, with a journal. Compared are medians
 * of the most that the process ever had resident, over what it had before. Linux only.
 */
export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      most: { type: 'string', default: '100000' },
      to: { type: 'string', default: tmpdir() },
    },
  })
  const work = mkdtempSync(path.join(values.to, 'asteroid-bench-'))
  const server = await serveSizes()
  try {
    await bundleEngine(path.join(work, 'engine'))
    process.stdout.write(
      '| as | files | bytes each | idle MiB | most over idle, MiB | s |\n|---|---:|---:|---:|---:|---:|\n',
    )
    for (const { kind, count, bytes } of workloads) {
      if (count > Number(values.most) || (values.only !== undefined && kind !== values.only)) continue
      const all: MemoryTaken[] = []
      for (let round = 0; round < Number(values.rounds); round += 1) {
        const folder = path.join(work, `${kind}-${count}-${bytes}-${round}`)
        mkdirSync(folder)
        all.push(await bring(path.join(work, 'engine'), { base: server.base, kind, count, bytes, folder }))
        if (count === 1) rmSync(folder, { recursive: true })
      }
      const over = median(all.map(({ idle, peak }) => peak - idle))
      const idle = median(all.map((each) => each.idle))
      const cells = [count, bytes].map((value) => value.toLocaleString('en'))
      const figures = [idle.toFixed(0), over.toFixed(0), median(all.map(({ seconds }) => seconds)).toFixed(1)]
      process.stdout.write(`| ${[kind === 'archive' ? 'ZIP' : kind, ...cells, ...figures].join(' | ')} |\n`)
    }
  } finally {
    server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}

async function bring(engine: string, job: MemoryJob): Promise<MemoryTaken> {
  const args = [path.join(engine, 'memory-batch.mjs'), JSON.stringify(job)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as MemoryTaken
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
