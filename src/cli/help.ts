export const help = `Browse and take the files that an Asteroid agent left in a run.

  asteroid-files ls [EXECUTION [PATH]]           list a run's files, those below PATH, or the runs
  asteroid-files get EXECUTION [PATH…] --to DIR  download all of a run, or what the paths name
  asteroid-files pull EXECUTION --to DIR         bring what is new or changed since the last time
  asteroid-files login                           keep your API key in the system's keychain
  asteroid-files logout                          forget it

EXECUTION is an id, a run's web address, or asteroid-files://executions/ID.
ls prints size, time (UTC) and path as they arrive, in the API's order, of a million files too; sort puts them in another.
Not every API tells which runs there are.
PATH is what ls prints: <directory>/<path within it>, of a file or a folder; or the API's own filePath.

Options
  --to DIR         files go to DIR/<directory>/<path within it>
  --existing RULE  where get finds a file of that name: keep-both (usual) leaves it and adds "NAME (2)", skip leaves it
                   alone, replace fetches every file anew. With keep-both, what has the run's size and time, under
                   its own name or a numbered one, is not fetched again
  --follow         pull again and again until the run has ended
  --json           one JSON object a line on standard output
  --sample         three sample runs, served by this program itself; no key is needed
  --base-url URL   another API than https://odyssey.asteroid.ai/agents/v2
  --version        the version
  --help           this text

Environment
  ASTEROID_API_KEY     the key; it overrides the keychain
  ASTEROID_BASE_URL    as --base-url
  HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS    as everywhere

Examples
  Look around without a key:
    asteroid-files ls --sample
    asteroid-files ls --sample 5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11 workspace
  Sign in once, asked for the key, or from a password manager:
    asteroid-files login
    pass show asteroid | asteroid-files login
  Take a whole run, or only its reports and one file:
    asteroid-files get https://platform.asteroid.ai/executions/3f2504e0-4f89-41d3-9a0c-0305e82c3301 --to ./run
    asteroid-files get 3f2504e0-4f89-41d3-9a0c-0305e82c3301 workspace/report downloads/a.pdf --to ./run
  Watch a run come in. What you changed yourself is left alone, and nothing is deleted:
    asteroid-files pull 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --to ./run --follow
  The ten largest files:
    asteroid-files ls --json 3f2504e0-4f89-41d3-9a0c-0305e82c3301 | jq -r '[.fileSize, .path] | @tsv' | sort -rn | head

Exit status
  0 all done                      1 some files failed             2 wrong usage
  3 the key is missing or refused 4 not found                     130 interrupted
  5 the API can't be reached, or its answer can't be used
`
