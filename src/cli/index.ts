import { Failure } from '../core/failure.ts'
import { assertNever } from '../shared/errors.ts'
import { type From, type Invocation, parseCommandLine, UsageError } from './arguments.ts'
import type { Connected } from './connect.ts'
import { exitStatus, exitStatusOf } from './exit-status.ts'
import { help } from './help.ts'
import { createOutput } from './output.ts'
import { threadsBeside } from './threads.ts'
import { version } from './version.ts'

const output = createOutput(process.stdout, process.stderr)
const threads = threadsBeside(import.meta.url)
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())

process.exitCode = await main()
await output.flush()
// A keychain that waits for a person keeps its thread, and the process would wait with it.
setTimeout(() => process.exit(), 200).unref()

async function main(): Promise<number> {
  try {
    return await run(parseCommandLine(process.argv.slice(2), process.env))
  } catch (thrown) {
    if (interrupted.signal.aborted) return exitStatus.interrupted
    if (thrown instanceof UsageError) {
      output.say(`${thrown.message} --help tells more.`)
      return exitStatus.usage
    }
    if (!(thrown instanceof Failure)) throw thrown
    output.say(thrown.error.message)
    if (thrown.error.kind === 'key-missing') output.say('Run asteroid-files login, or set ASTEROID_API_KEY.')
    if (thrown.error.kind.startsWith('keychain-')) output.say('ASTEROID_API_KEY works without it.')
    return exitStatusOf(thrown.error)
  }
}

/** Loads what a command needs when it is known which: a short answer should come at once. */
async function run(invocation: Invocation): Promise<number> {
  const { signal } = interrupted
  switch (invocation.command) {
    case 'help':
      await output.result(help.trimEnd())
      return exitStatus.done
    case 'version':
      await output.result(version())
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
      return connecting(invocation, (connected) => listExecutions({ ...invocation, connected, output, signal }))
    }
    case 'ls': {
      const { listFiles } = await import('./list-files.ts')
      return connecting(invocation, (connected) => listFiles({ ...invocation, connected, output, signal }))
    }
    case 'get': {
      const { getFiles } = await import('./get-files.ts')
      return connecting(invocation, (connected) => getFiles({ ...invocation, connected, threads, output, signal }))
    }
    default:
      return assertNever(invocation)
  }
}

async function connecting(from: From, work: (connected: Connected) => Promise<number>): Promise<number> {
  const { connect } = await import('./connect.ts')
  const connected = await connect(from, output)
  try {
    return await work(connected)
  } finally {
    await connected.close()
  }
}
