import { app, clipboard, shell } from 'electron'
import { assertNever } from '../../shared/assert-never.ts'
import type { Output, ParsedInput } from '../../shared/contract.ts'
import type { ExecutionKey } from '../../shared/models/execution.ts'
import type { FileLog } from '../log.ts'
import type { HandlersOf } from './handlers-of.ts'

export type AppParts = {
  readonly log: FileLog
  readonly diagnostics: () => string
  /** Hears that the window listens to events; answers the execution that the app was started with, once. */
  readonly onReady: () => ExecutionKey | null
  /** Hears that the window's first sight is painted. */
  readonly onPainted: () => void
}

export function appCommands({ log, diagnostics, onReady, onPainted }: AppParts): HandlersOf<'app'> {
  return {
    'app:info': () => info(log.file),
    'app:ready': () => onReady(),
    'app:painted': () => onPainted(),
    'app:report-fault': ({ text }) => log.error('The window met a fault', { text }),
    'app:open-page': (input) => shell.openExternal(pageAddress(input)),
    'app:copy-text': ({ text }) => clipboard.writeText(text),
    'app:copy-diagnostics': () => clipboard.writeText(diagnostics()),
  }
}

function info(logFile: string): Output<'app:info'> {
  return { version: app.getVersion(), electron: process.versions.electron, platform: process.platform, logFile }
}

/** Only these pages are ever opened; nothing of their addresses but a checked id comes from the window. */
function pageAddress(input: ParsedInput<'app:open-page'>): string {
  switch (input.page) {
    case 'api-keys':
      return 'https://platform.asteroid.ai/settings/api-keys'
    case 'documentation':
      return 'https://docs.asteroid.ai/'
    case 'execution':
      return `https://platform.asteroid.ai/executions/${input.executionId}`
    default:
      return assertNever(input)
  }
}
