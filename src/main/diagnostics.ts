import os from 'node:os'
import { app } from 'electron'
import type { Redactor } from '../core/log/redact.ts'
import type { Settings } from '../shared/models/settings.ts'
import type { FileLog } from './log.ts'
import type { Timings } from './timings.ts'

const logBytes = 20_000

/** What a report of a fault needs, as text without secrets. */
export function describeForReport(options: {
  readonly settings: Settings
  readonly timings: Timings
  readonly log: FileLog
  readonly redactor: Redactor
}): string {
  const { settings, timings, log, redactor } = options
  const { electron, chrome, node } = process.versions
  const facts = {
    app: `${app.getName()} ${app.getVersion()}${app.isPackaged ? '' : ' (from source)'}`,
    electron: `${electron} (Chromium ${chrome}, Node ${node})`,
    system: `${os.type()} ${os.release()} ${process.arch}`,
    memory: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB of main, ${Math.round(os.freemem() / 2 ** 20)} MiB free`,
    startUp: timings.all(),
    settings: redactor.redact(settings),
  }
  return `${JSON.stringify(facts, null, 2)}\n\n${log.tail(logBytes)}`
}
