import { assertNever } from '../shared/assert-never.ts'
import { type From, type Invocation, parseCommandLine } from './arguments.ts'
import type { Connected } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import { explain } from './explain.ts'
import { helpFor } from './help.ts'
import { createOutput, type Output } from './output.ts'
import { startThreads } from './threads.ts'
import { version } from './version.ts'

/** Runs the command line of this process; `programUrl` is where its first module is. Answers the exit status. */
export async function runProgram(programUrl: string): Promise<number> {
  const output = createOutput(process.stdout, process.stderr)
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  const explained = (thrown: unknown): number =>
    interrupted.signal.aborted ? exitStatus.interrupted : explain(thrown, output, process.env)
  let status: number
  try {
    const invocation = parseCommandLine(process.argv.slice(2), process.env)
    status = await run(invocation, { programUrl, output, signal: interrupted.signal })
  } catch (thrown) {
    status = explained(thrown)
  }
  try {
    await output.flush()
    return status
  } catch (thrown) {
    return explained(thrown)
  }
}

type Context = { readonly programUrl: string; readonly output: Output; readonly signal: AbortSignal }

/** Loads what a command needs when it is known which: a short answer should come at once. */
async function run(invocation: Invocation, context: Context): Promise<number> {
  const { programUrl, output, signal } = context
  switch (invocation.command) {
    case 'help':
      await output.result(helpFor(invocation.topic).trimEnd())
      return exitStatus.done
    case 'version':
      await output.result(version(programUrl))
      return exitStatus.done
    case 'login': {
      const { login } = await import('./login.ts')
      return login(invocation, output, signal)
    }
    case 'logout': {
      const { logout } = await import('./login.ts')
      return logout(invocation, output)
    }
    case 'executions': {
      const { listExecutions } = await import('./list-executions.ts')
      return connecting(invocation, output, (connected) => listExecutions({ ...invocation, connected, output, signal }))
    }
    case 'ls': {
      const { listFiles } = await import('./list-files.ts')
      return connecting(invocation, output, (connected) => listFiles({ ...invocation, connected, output, signal }))
    }
    case 'get': {
      const threads = startThreads(programUrl)
      const { getFiles } = await import('./get-files.ts')
      return connecting(invocation, output, (connected) =>
        getFiles({ ...invocation, connected, threads, output, signal }),
      )
    }
    case 'pull': {
      const threads = startThreads(programUrl)
      const { pullFiles } = await import('./pull-files.ts')
      return connecting(invocation, output, (connected) =>
        pullFiles({ ...invocation, connected, threads, output, signal }),
      )
    }
    default:
      return assertNever(invocation)
  }
}

async function connecting(
  from: From,
  output: Output,
  work: (connected: Connected) => Promise<number>,
): Promise<number> {
  const { connect } = await import('./connect.ts')
  const connected = await connect(from, output)
  try {
    return await work(connected)
  } finally {
    await connected.close()
  }
}
