import { parseArgs } from 'node:util'

export type CommandLine = {
  readonly command: string | null
  readonly operands: readonly string[]
  readonly to: string | null
  readonly baseUrl: string
  readonly json: boolean
  readonly help: boolean
}

const defaultBase = 'https://odyssey.asteroid.ai/agents/v2'

export const help = `Usage: asteroid-files COMMAND [OPTIONS]

  ls EXECUTION [PATH]               list a run's files, or those below PATH
  get EXECUTION [PATH…] --to DIR    download all of a run, or what the paths name

EXECUTION is an id, a run's web address, or asteroid-files://executions/ID.

  --to DIR         where files go: DIR/<directory>/<path within it>
  --json           one JSON object a line on standard output
  --base-url URL   another API (or ASTEROID_BASE_URL)
  --help           this text

The key is read from ASTEROID_API_KEY.

Examples
  ASTEROID_API_KEY=… asteroid-files ls 3f2504e0-4f89-41d3-9a0c-0305e82c3301
  asteroid-files ls 3f2504e0-4f89-41d3-9a0c-0305e82c3301 workspace/reports --json
  asteroid-files get 3f2504e0-4f89-41d3-9a0c-0305e82c3301 downloads --to ./run

Exit status: 0 all done, 1 some files failed, 2 wrong usage, 3 key missing or refused, 4 not found,
5 API unreachable or its answer unusable, 130 interrupted.
`

/** Reads the command line; throws an Error whose message is for the person who typed it. */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      'base-url': { type: 'string' },
    },
  })
  const [command = null, ...operands] = positionals
  return {
    command,
    operands,
    to: values.to ?? null,
    baseUrl: values['base-url'] ?? (environment.ASTEROID_BASE_URL || defaultBase),
    json: values.json,
    help: values.help,
  }
}
