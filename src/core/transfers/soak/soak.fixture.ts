import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { startFaultServer } from './fault-server.fixture.ts'
import { randomFrom } from './random.fixture.ts'

export type SoakReport = {
  readonly files: number
  readonly kills: number
  readonly played: ReadonlyMap<string, number>
  /** Files under their final name that differ from the source. */
  readonly damaged: readonly string[]
  /** Files that are neither there nor told as failed. */
  readonly unaccounted: readonly string[]
  /** Files that nobody asked for: part files, second copies. */
  readonly leftOver: readonly string[]
  readonly journals: readonly string[]
  readonly failed: readonly string[]
  /** Requests that carried the key to another origin. */
  readonly leaked: number
  /** What is missing after the faults have ended and everything was tried again. */
  readonly missingAtLast: readonly string[]
}

const outcomeSchema = z.object({
  state: z.string(),
  failed: z.array(z.object({ path: z.string(), status: z.unknown() })),
})

const downloader = fileURLToPath(new URL('./downloader.fixture.ts', import.meta.url))

/** Downloads from a server full of faults, in a process that is killed again and again; then looks at what is there. */
export async function soak(options: {
  readonly files: number
  readonly seed: number
  readonly faults: number
  readonly kills: number
}): Promise<SoakReport> {
  const { files, seed, kills } = options
  const random = randomFrom(seed)
  const server = await startFaultServer(files, seed)
  const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
  server.setFaults(options.faults)
  const killAfter = () => 5 + Math.floor(random() * 150)
  let killed = 0
  let outcome = await run('start', killAfter())
  while (outcome === null) {
    killed += 1
    // Killed before anything was asked for, there is nothing to go on with.
    const how = (await readdir(journals)).length === 0 ? 'start' : 'restore'
    if (how === 'restore') for (let index = 7; index < files; index += 211) server.gone.add(index)
    outcome = await run(how, killed < kills ? killAfter() : null)
  }
  const failed = outcome.failed.map((each) => each.path)
  const there = await filesBelow(target)
  const damaged: string[] = []
  for (const [index, name] of server.paths.entries())
    if (there.includes(name) && !(await readFile(path.join(target, name))).equals(server.body(index)))
      damaged.push(name)
  const unaccounted = server.paths.filter((name) => !there.includes(name) && !failed.includes(name))

  server.setFaults(0)
  if (outcome.state === 'failed') await run('restore', null)
  const atLast = await filesBelow(target)
  const leftOver = atLast.filter((name) => !server.paths.includes(name))
  const missingAtLast = server.paths.filter((name, index) => !atLast.includes(name) && !server.gone.has(index))
  await server.close()
  const { played } = server
  return {
    files,
    kills: killed,
    played,
    damaged,
    unaccounted,
    leftOver,
    journals: await readdir(journals),
    failed,
    leaked: server.leaked(),
    missingAtLast,
  }

  /** Answers null when the process was killed before it was through. */
  function run(how: 'start' | 'restore', requests: number | null): Promise<z.infer<typeof outcomeSchema> | null> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [downloader, server.url, target, journals, how], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      child.stdout.on('data', (text) => {
        output += text
      })
      // By requests rather than by time: a busy machine must not kill it before it has begun.
      const last = requests === null ? Number.POSITIVE_INFINITY : server.requests() + requests
      const timer = setInterval(() => server.requests() >= last && child.kill('SIGKILL'), 2)
      child.on('error', reject)
      child.on('close', (code) => {
        clearInterval(timer)
        if (code === null) resolve(null)
        else if (code !== 0) reject(new Error(`The downloading process ended with ${code}.`))
        else resolve(output === '' ? { state: 'done', failed: [] } : outcomeSchema.parse(JSON.parse(output)))
      })
    })
  }
}
