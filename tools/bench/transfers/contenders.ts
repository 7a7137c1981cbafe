import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

export type Job = {
  readonly base: string
  readonly names: readonly string[]
  readonly bytes: number
  readonly certificate: string
  readonly target: string
  /** The engine's own program. */
  readonly engine: string
  /** A folder for lists and other helpers. */
  readonly work: string
}

/** A way to download, as a command; null where it makes no sense for the job. */
export type Contender = { readonly name: string; readonly command: (job: Job) => readonly string[] | null }

export const ours = 'Asteroid Files'

export const contenders: readonly Contender[] = [
  {
    name: ours,
    command: (job) => [process.execPath, job.engine, engineList(job)],
  },
  {
    name: 'floor: only the calls that a safe file needs',
    command: (job) => (job.names.length === 1 ? null : onNode('floor.mjs', job)),
  },
  {
    name: 'fetch → pipeline, on Node',
    command: (job) => (job.names.length === 1 ? onNode('fetch-pipeline.mjs', job) : null),
  },
  {
    name: 'curl',
    command: (job) => ['curl', '-sS', '--cacert', job.certificate, '-K', curlList(job)],
  },
  {
    name: 'curl, 16 parallel',
    command: (job) =>
      job.names.length === 1
        ? null
        : ['curl', '-sS', '--parallel', '--parallel-max', '16', '--cacert', job.certificate, '-K', curlList(job)],
  },
  {
    name: 'aria2c',
    command(job) {
      const list = path.join(job.work, 'aria2.txt')
      writeFileSync(list, job.names.map((name) => `${job.base}/${name}\n  out=${path.basename(name)}\n`).join(''))
      const many = job.names.length === 1 ? ['-x8', '-s8', '-k1M'] : ['-j16', '-x1']
      const quiet = ['-q', '--file-allocation=none', '--allow-overwrite=true', `--ca-certificate=${job.certificate}`]
      return ['aria2c', ...quiet, ...many, '-d', job.target, '-i', list]
    },
  },
  {
    name: 'wget',
    command(job) {
      const list = path.join(job.work, 'wget.txt')
      writeFileSync(list, job.names.map((name) => `${job.base}/${name}\n`).join(''))
      return ['wget', '-q', `--ca-certificate=${job.certificate}`, '-P', job.target, '-i', list]
    },
  },
  {
    name: 'rclone',
    command(job) {
      if (!isInstalled('rclone')) return null
      const list = path.join(job.work, 'rclone.txt')
      writeFileSync(list, job.names.map((name) => `/${path.basename(name)}\n`).join(''))
      const folder = path.dirname(job.names[0] ?? '')
      const trust = ['--config', '', '--ca-cert', job.certificate]
      const from = ['--http-url', `${job.base}/${folder}`, '--files-from', list, '--no-traverse']
      return ['rclone', 'copy', '-q', ...trust, '--transfers', '16', '--checkers', '16', ...from, ':http:', job.target]
    },
  },
]

/** A program of this bench, bundled beside the engine. */
function onNode(program: string, job: Job): readonly string[] {
  return [process.execPath, path.join(job.engine, '..', program), engineList(job)]
}

function engineList(job: Job): string {
  const list = path.join(job.work, 'engine.json')
  writeFileSync(list, JSON.stringify(job))
  return list
}

function curlList({ base, names, target, work }: Job): string {
  const list = path.join(work, 'curl.txt')
  const lines = names.map((name) => `url = "${base}/${name}"\noutput = "${path.join(target, path.basename(name))}"\n`)
  writeFileSync(list, lines.join(''))
  return list
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['version']).error === undefined
}
