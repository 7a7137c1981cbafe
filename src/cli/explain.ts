import { Failure } from '../core/failure.ts'
import { createRedactor } from '../core/log/redact.ts'
import { UsageError } from './arguments.ts'
import { exitStatus, exitStatusOf } from './exit-status.ts'
import type { Output } from './output.ts'

/** Says what went wrong, without secrets; answers the exit status. */
export function explain(thrown: unknown, output: Pick<Output, 'say'>, environment: NodeJS.ProcessEnv): number {
  if (thrown instanceof UsageError) {
    output.say(`${thrown.message} --help tells more.`)
    return exitStatus.usage
  }
  if (!(thrown instanceof Failure)) {
    const redactor = createRedactor()
    redactor.hide(environment.ASTEROID_API_KEY ?? '')
    output.say('Something went wrong that should not have. Please report it, with these lines:')
    output.say(redactor.redactText(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)))
    return exitStatus.unusable
  }
  const { kind, message } = thrown.error
  output.say(message)
  if (kind === 'key-missing') output.say('Run asteroid-files login, or set ASTEROID_API_KEY.')
  if (kind.startsWith('keychain-')) output.say('ASTEROID_API_KEY works without it.')
  return exitStatusOf(thrown.error)
}
