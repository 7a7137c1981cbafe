import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

export type CliOptions = {
  readonly environment?: NodeJS.ProcessEnv
  /** What it reads; null leaves its standard input open. */
  readonly input?: string | null
  /** Puts something before the program that starts it: a terminal, or a bus of its own. */
  readonly through?: (command: readonly string[]) => readonly string[]
  /** Called with the process, to disturb it. */
  readonly whileRunning?: (child: ChildProcess) => void
}

const program = path.join(import.meta.dirname, 'index.ts')

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A folder that is gone when the tests of this file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-cli-'))
  made.push(folder)
  return folder
}

/** Runs the real command line in a process of its own, with nothing in its environment but what is given. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  const whole = [process.execPath, program, ...args]
  const [command = '', ...rest] = options.through?.(whole) ?? whole
  const environment = { PATH: process.env.PATH, HOME: temporaryFolder(), NODE_NO_WARNINGS: '1', ...options.environment }
  const child = spawn(command, rest, { env: environment })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  if (options.input !== null) child.stdin.end(options.input ?? '')
  options.whileRunning?.(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, stdout, stderr }))
  })
}
