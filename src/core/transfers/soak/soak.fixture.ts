import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { unpacked } from '../archive/unpacked.fixture.ts'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { type FaultServer, startFaultServer } from './fault-server.fixture.ts'
import { randomFrom } from './random.fixture.ts'

export type SoakReport = {
  readonly files: number
  readonly kills: number
  readonly played: ReadonlyMap<string, number>
  /** Files under their final name, or entries of the archive, that differ from the source. */
  readonly damaged: readonly string[]
  /** Files that are neither there nor told as failed. */
  readonly unaccounted: readonly string[]
  /** Files, or entries of the archive, that nobody asked for: part files, second copies. */
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

const archiveName = 'run.zip'
const downloader = fileURLToPath(new URL('./downloader.fixture.ts', import.meta.url))

/** What lies in the target folder. */
type Found = Pick<SoakReport, 'damaged' | 'leftOver'> & { readonly names: ReadonlySet<string> }

/** Downloads from a server full of faults, in a process that is killed again and again; then looks at what is there. */
export async function soak(options: {
  readonly files: number
  readonly seed: number
  readonly faults: number
  readonly kills: number
  /** Into one archive, which begins anew after each kill, rather than as files. */
  readonly as?: 'files' | 'archive'
}): Promise<SoakReport> {
  const { files, seed, kills, as = 'files' } = options
  const random = randomFrom(seed)
  const server = await startFaultServer(files, seed)
  const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
  const look = as === 'files' ? filesThere : archiveThere
  server.setFaults(options.faults)
  const killAfter = () => 5 + Math.floor(random() * Math.min(150, files))
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
  const found = await look(target, server)
  const unaccounted = server.paths.filter((name) => !found.names.has(name) && !failed.includes(name))

  server.setFaults(0)
  if (outcome.state === 'failed') await run('restore', null)
  const atLast = await look(target, server)
  const missingAtLast = server.paths.filter((name, index) => !atLast.names.has(name) && !server.gone.has(index))
  await server.close()
  const { played } = server
  return {
    files,
    kills: killed,
    played,
    damaged: [...found.damaged, ...atLast.damaged],
    unaccounted,
    leftOver: atLast.leftOver,
    journals: await readdir(journals),
    failed,
    leaked: server.leaked(),
    missingAtLast,
  }

  /** Answers null when the process was killed before it was through. */
  function run(how: 'start' | 'restore', requests: number | null): Promise<z.infer<typeof outcomeSchema> | null> {
    return new Promise((resolve, reject) => {
      const place = as === 'files' ? target : path.join(target, archiveName)
      const child = spawn(process.execPath, [downloader, server.url, place, journals, how, as], {
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

async function filesThere(target: string, server: FaultServer): Promise<Found> {
  const names = new Set(await filesBelow(target))
  const damaged: string[] = []
  for (const [index, name] of server.paths.entries())
    if (names.has(name) && !(await readFile(path.join(target, name))).equals(server.body(index))) damaged.push(name)
  return { names, damaged, leftOver: [...names].filter((name) => !server.paths.includes(name)) }
}

/** By a reader that is not ours. */
async function archiveThere(target: string, server: FaultServer): Promise<Found> {
  const below = await filesBelow(target)
  const entries = below.includes(archiveName) ? unpacked(path.join(target, archiveName)) : []
  const names = new Set(entries.map(([name]) => name))
  const sumOf = (index: number) => createHash('sha256').update(server.body(index)).digest('hex')
  const damaged = entries.filter(([name, sum]) => sumOf(server.paths.indexOf(name)) !== sum).map(([name]) => name)
  const twice = entries.map(([name]) => name).filter((name, at, all) => all.indexOf(name) !== at)
  return { names, damaged, leftOver: [...below.filter((name) => name !== archiveName), ...twice] }
}
