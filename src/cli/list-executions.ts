import { noExecution } from '../core/api/client.ts'
import { Failure } from '../core/failure.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'
import { jsonLine, printable } from './printable.ts'

/** Prints the sample's runs, or the account's newest where the API tells of them; answers the exit status. */
export async function listExecutions(options: {
  readonly connected: Connected
  readonly json: boolean
  readonly output: Output
  readonly signal: AbortSignal
}): Promise<number> {
  const { connected, json, output, signal } = options
  const runs = connected.sampleRuns ?? (await newestRuns(connected, signal))
  if (runs === null) {
    await throwWhyNot(connected, signal)
    output.say('This API does not list executions. Name one: asteroid-files ls EXECUTION')
    return exitStatus.usage
  }
  for (const run of runs) await output.result(json ? jsonLine(run) : `${run.executionId}  ${printable(run.label)}`)
  return exitStatus.done
}

/** The list is optional to an API, so its failing tells nothing: whether the API is there, a listing of no run tells. */
async function throwWhyNot({ client }: Connected, signal: AbortSignal): Promise<void> {
  try {
    await client.listFiles(noExecution, signal)
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.error.kind === 'not-found')) throw thrown
  }
}

async function newestRuns({ client }: Connected, signal: AbortSignal) {
  const page = await client.listExecutions({ page: 1, pageSize: 50 }, signal)
  if (page === null) return null
  return page.executions.map(({ executionId, info }) => {
    const time = info.createdAt === null ? null : new Date(info.createdAt).toISOString()
    const label = [info.agentName, info.status, time].filter((part) => part !== null).join(', ')
    return { executionId, label }
  })
}
