import { app } from 'electron'
import { parseExecutionReference } from '../shared/execution-reference.ts'
import type { ExecutionKey } from '../shared/models/execution.ts'

const deepLinkScheme = 'asteroid-files'

/**
 * Makes this process the only one of its profile, and tells of executions that are handed to it from outside: at the
 * start, by a second start, or by a link. Answers false when another process has taken over and this one must go.
 */
export function claimDeepLinks(open: (execution: ExecutionKey) => void, bringUp: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => {
    bringUp()
    const execution = executionOf(argv)
    if (execution) open(execution)
  })
  // macOS hands a link over as an event, also for the one that started the app.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    bringUp()
    const execution = executionOf([url])
    if (execution) open(execution)
  })
  const execution = executionOf(process.argv.slice(1))
  if (execution) open(execution)
  return true
}

/** Lets the system start this app for `asteroid-files:` links. An app that runs from its source leaves that alone. */
export function registerDeepLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme)
}

/** The execution that a command line names: a link, a web address or an id; with `--sample`, one of the sample's runs. */
export function executionOf(argv: readonly string[]): ExecutionKey | null {
  const source = argv.includes('--sample') ? 'sample' : 'account'
  for (const argument of argv) {
    const executionId = parseExecutionReference(argument.replace(/^--execution=/, ''))
    if (executionId !== null) return { executionId, source }
  }
  return null
}
