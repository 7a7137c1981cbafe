import { createClient } from '../core/api/client.ts'
import { parseBase } from '../core/api/request-policy.ts'
import { Failure } from '../core/failure.ts'
import { openRun } from '../core/runs/run.ts'
import type { AppError } from '../shared/errors.ts'
import { parseExecutionReference } from '../shared/execution-reference.ts'
import { help, parseCommandLine } from './arguments.ts'
import { getFiles } from './get-files.ts'
import { listFiles } from './list-files.ts'

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    const line = parseCommandLine(process.argv.slice(2), process.env)
    if (line.help) {
      process.stdout.write(help)
      return 0
    }
    const [reference, ...paths] = line.operands
    if (line.command !== 'ls' && line.command !== 'get') return wrongUsage('Say ls or get.')
    const executionId = parseExecutionReference(reference ?? '')
    if (executionId === null) return wrongUsage('Name an execution by its id or its web address.')
    if (line.command === 'get' && line.to === null) return wrongUsage('Say where files go: --to DIR.')
    if (line.command === 'ls' && paths.length > 1) return wrongUsage('ls takes one path.')

    const client = createClient({ base: parseBase(line.baseUrl), key: process.env.ASTEROID_API_KEY || null })
    try {
      const run = await openRun({ client, executionId, source: 'account' })
      if (line.command === 'ls') return listFiles(run, paths[0] ?? null, line.json)
      return await getFiles({ run, client, paths, to: line.to ?? '.', json: line.json })
    } finally {
      await client.close()
    }
  } catch (thrown) {
    if (thrown instanceof Failure) {
      process.stderr.write(`${thrown.error.message}\n`)
      return exitStatus(thrown.error)
    }
    if (thrown instanceof TypeError) return wrongUsage(thrown.message)
    throw thrown
  }
}

function wrongUsage(message: string): number {
  process.stderr.write(`${message}\n\n${help}`)
  return 2
}

function exitStatus({ kind }: AppError): number {
  if (kind === 'invalid-input' || kind === 'unsafe-url') return 2
  if (kind === 'unauthorized' || kind === 'key-missing') return 3
  if (kind === 'not-found') return 4
  return 5
}
