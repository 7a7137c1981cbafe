import path from 'node:path'
import { parseArgs } from 'node:util'
import { defaultBase } from '../core/account/account.ts'
import { errorCode } from '../core/failure.ts'
import { parseExecutionReference } from '../shared/execution-reference.ts'
import type { ConflictPolicy } from '../shared/models/transfer.ts'
import { type CommandName, commandNames } from './help.ts'

/** Where executions are asked for: the account's API, or the embedded sample. */
export type From = { readonly sample: boolean; readonly baseUrl: string }

/** What to do where another version, or another file, has a file's name. */
export type Existing = keyof typeof existingPolicies
export const existingPolicies = {
  'keep-both': 'skip-if-same',
  skip: 'skip',
  replace: 'replace',
} as const satisfies Record<string, ConflictPolicy>

/** What the person typed, understood. */
export type Invocation =
  | { readonly command: 'help'; readonly topic: CommandName | null }
  | { readonly command: 'version' }
  | ({ readonly command: 'executions'; readonly json: boolean } & From)
  | ({
      readonly command: 'ls'
      readonly executionId: string
      readonly paths: readonly string[]
      readonly json: boolean
      /** Whether to print files as they arrive. */
      readonly unsorted: boolean
    } & From)
  | ({
      readonly command: 'get'
      readonly executionId: string
      readonly paths: readonly string[]
      readonly to: string
      readonly existing: Existing
      readonly json: boolean
    } & From)
  | ({
      readonly command: 'pull'
      readonly executionId: string
      readonly to: string
      /** Whether to go on until the run has ended. */
      readonly follow: boolean
      readonly json: boolean
    } & From)
  | ({ readonly command: 'login' } & From)
  | ({ readonly command: 'logout' } & From)

/** A mistake in the command line; its message is for the person who typed it. */
export class UsageError extends Error {}

/** Reads the command line. Throws a `UsageError`. */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Invocation {
  const { values, positionals } = parse(args)
  const [command, ...operands] = positionals
  const { json, sample } = values
  const from = { sample, baseUrl: values['base-url'] ?? (environment.ASTEROID_BASE_URL || defaultBase) }
  if (values.help || command === 'help') return { command: 'help', topic: topicIn(positionals) }
  if (values.version) return { command: 'version' }
  if (values.to !== undefined && command !== 'get' && command !== 'pull')
    throw new UsageError('--to is an option of get and pull.')
  if (values.existing !== undefined && command !== 'get') throw new UsageError('--existing is an option of get.')
  if (values.follow && command !== 'pull') throw new UsageError('--follow is an option of pull.')
  if (values.unsorted && command !== 'ls') throw new UsageError('--unsorted is an option of ls.')

  switch (command) {
    case 'ls': {
      if (operands.length === 0) return { command: 'executions', json, ...from }
      const executionId = executionIn(operands)
      return { command, executionId, paths: operands.slice(1), json, unsorted: values.unsorted, ...from }
    }
    case 'get': {
      const executionId = executionIn(operands)
      if (!values.to) throw new UsageError('Say where the files go: --to DIR.')
      const existing = existingIn(values.existing ?? 'keep-both')
      return {
        command,
        executionId,
        paths: operands.slice(1),
        to: fromCaller(values.to, environment),
        existing,
        json,
        ...from,
      }
    }
    case 'pull': {
      const executionId = executionIn(operands)
      if (operands.length > 1) throw new UsageError('pull takes no paths: it keeps a whole run in step.')
      if (!values.to) throw new UsageError('Say which folder to keep in step: --to DIR.')
      return { command, executionId, to: fromCaller(values.to, environment), follow: values.follow, json, ...from }
    }
    case 'login':
    case 'logout': {
      // A key on the command line would stay in the shell's history, and be seen by everyone who lists processes.
      if (operands.length > 0)
        throw new UsageError(`${command} takes no arguments. It asks for the key, or reads it from a pipe.`)
      if (sample) throw new UsageError('The sample needs no key.')
      return { command, ...from }
    }
    case undefined:
      throw new UsageError('Name a command: ls, get, pull, login or logout.')
    default:
      throw new UsageError(`“${command}” is not a command. There are ls, get, pull, login and logout.`)
  }
}

/** The command that help is asked for; null for all. */
function topicIn(positionals: readonly string[]): CommandName | null {
  const [named] = positionals.filter((each) => each !== 'help')
  return commandNames.find((name) => name === named) ?? null
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        existing: { type: 'string' },
        follow: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        unsorted: { type: 'boolean', default: false },
        sample: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
        'base-url': { type: 'string' },
      },
    })
  } catch (thrown) {
    throw new UsageError(wordsFor(thrown))
  }
}

/** A folder as its giver means it: npm runs this project's scripts in its root, wherever it was called. */
function fromCaller(folder: string, environment: NodeJS.ProcessEnv): string {
  const { npm_package_name: name, npm_lifecycle_event: script, INIT_CWD: caller } = environment
  const isOurScript = name === 'asteroid-files' && (script === 'cli' || script === 'start')
  return isOurScript && caller ? path.resolve(caller, folder) : folder
}

function existingIn(given: string): Existing {
  if (given === 'keep-both' || given === 'skip' || given === 'replace') return given
  throw new UsageError('--existing is keep-both, skip or replace.')
}

/** Says what is wrong with an option in words of our own. */
function wordsFor(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const option = /'(?:-\w, )?(-[^'\s]*)/.exec(message)?.[1]
  if (option === undefined) return message
  switch (errorCode(thrown)) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option ${option}.`
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      if (message.includes('does not take')) return `${option} takes no value.`
      return `${option} needs a value. Give one that begins with a dash as ${option}=-VALUE.`
    default:
      return message
  }
}

function executionIn([reference = '']: readonly string[]): string {
  const executionId = parseExecutionReference(reference)
  if (executionId !== null) return executionId
  throw new UsageError('Name an execution: its id, its web address, or asteroid-files://executions/ID.')
}
