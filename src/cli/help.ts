/** What can be asked for, each with a page of its own. */
export const commandNames = ['ls', 'get', 'pull', 'login', 'logout'] as const
export type CommandName = (typeof commandNames)[number]

/** The help of the whole program, or of one command. */
export function helpFor(topic: CommandName | null): string {
  return topic === null ? overview : pages[topic]
}

const overview = `Browse and download the files that an Asteroid agent left in a run.

  asteroid-files ls [EXECUTION [PATH…]]          list your runs, or a run’s files
  asteroid-files get EXECUTION [PATH…] --to DIR  download a run, or part of it
  asteroid-files pull EXECUTION --to DIR         keep a folder in step with a run
  asteroid-files login                           keep your API key in the system’s keychain
  asteroid-files logout                          forget it

COMMAND --help tells more about each. EXECUTION is a run’s id, its web address, or
asteroid-files://executions/ID.

Options of every command
  --sample         use three sample runs, served by this program itself; no key is needed
  --base-url URL   use another API than https://odyssey.asteroid.ai/agents/v2
  --help, --version

Environment
  ASTEROID_API_KEY     the key; it is used instead of the one in the keychain
  ASTEROID_BASE_URL    the same as --base-url
  HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS    as in other programs

Try it
  asteroid-files ls --sample
  asteroid-files get --sample 5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11 --to ./run

Exit status
  0 all done                      1 some files failed             2 wrong usage
  3 the key is missing or refused 4 not found                     130 interrupted
  5 the API can’t be reached, or its answer can’t be used
`

const pathWords = `PATH is a file or folder as ls prints it, such as workspace/report; ./workspace/report and the API’s
/home/agent/workspace/report mean the same. In quotes, * and ? stand for any characters but a slash, and ** for
slashes too: "*.csv" is found in every folder, "workspace/*.csv" in that one.`

const pages: Readonly<Record<CommandName, string>> = {
  ls: `asteroid-files ls [EXECUTION [PATH…]] [--json] [--unsorted]

Lists a run’s files, or those at and below each PATH: size, time (UTC) and path, sorted by path. Without an
EXECUTION it lists the runs, where the API tells which there are.

${pathWords}

  --json       print one JSON object a line, with every field that the API gave but the link
  --unsorted   print each file as it arrives, in the API’s order: a very long list begins at once, and
               takes no more memory than a short one

  asteroid-files ls --sample 5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11 workspace "*.pdf"
The ten largest files:
  asteroid-files ls --json EXECUTION | jq -r '[.fileSize, .path] | @tsv' | sort -rn | head
`,
  get: `asteroid-files get EXECUTION [PATH…] --to DIR [--existing RULE] [--json]

Downloads a run, or what each PATH names, to DIR/<directory>/<path within it>. A file under its final name is
whole. After a stop, the same command goes on where it was.

${pathWords}

  --to DIR         the folder for the files; it is made if it is missing
  --existing RULE  what to do where a file of that name is there already:
                     keep-both  the rule when none is given: leave it, and add "NAME (2)"; what has the run’s
                                size and time, under either name, is not downloaded again
                     skip       leave it alone
                     replace    download every file anew
  --json           print what it came to as a JSON object

  asteroid-files get EXECUTION workspace/report "*.pdf" --to ./run
`,
  pull: `asteroid-files pull EXECUTION --to DIR [--follow] [--json]

Brings what is new or changed in a run since the last time. What you changed yourself is left alone, and nothing
is deleted. DIR remembers in a hidden file what was brought, and takes one run.

  --to DIR   the folder to keep in step; it is made if it is missing
  --follow   pull again and again until the run has ended, or, where the API does not tell, until Ctrl+C
  --json     print what each pull came to as a JSON object

  asteroid-files pull EXECUTION --to ./run --follow
`,
  login: `asteroid-files login [--base-url URL]

Asks for your API key, or reads it from a pipe, and keeps it in the system’s keychain, one key for each API.

  asteroid-files login
  pass show asteroid | asteroid-files login
`,
  logout: `asteroid-files logout [--base-url URL]

Removes the API’s key from the system’s keychain.
`,
}
