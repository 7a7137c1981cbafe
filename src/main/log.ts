import fs from 'node:fs'
import path from 'node:path'
import type { LogFields, Logger } from '../core/log/logger.ts'
import type { Redactor } from '../core/log/redact.ts'

export type FileLog = Logger & {
  readonly file: string
  /** Writes what is still held back, before the process goes. */
  readonly flush: () => void
  /** The last lines of the log, at most so many bytes. */
  readonly tail: (bytes: number) => string
}

type Level = keyof Logger

const maximumBytes = 1_000_000
const olderFiles = 3

/**
 * Keeps a log of JSON lines, redacted, in `file`; at 1 MB it moves on to `file.1`, and so on to `file.3`.
 *
 * Never throws: an app that can't write its log still runs.
 */
export function openFileLog(file: string, redactor: Redactor): FileLog {
  let held: string[] = []

  function write(level: Level, message: string, fields: LogFields = {}): void {
    const line = { time: new Date().toISOString(), level, message: redactor.redactText(message) }
    if (held.length === 0) setImmediate(flush)
    held.push(`${JSON.stringify({ ...line, ...Object(redactor.redact(fields)) })}\n`)
    // What is worth a warning may be the last thing this process does.
    if (level === 'warn' || level === 'error') flush()
  }

  function flush(): void {
    if (held.length === 0) return
    const text = held.join('')
    held = []
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      if (sizeOf(file) + text.length > maximumBytes) rotate(file)
      fs.appendFileSync(file, text, { mode: 0o600 })
    } catch {
      // There is no other place to tell it.
    }
  }

  return {
    file,
    flush,
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    tail(bytes) {
      flush()
      const text = [`${file}.1`, file]
        .filter((each) => fs.existsSync(each))
        .map((each) => fs.readFileSync(each, 'utf8'))
      const all = text.join('')
      return all.length <= bytes ? all : all.slice(all.indexOf('\n', all.length - bytes) + 1)
    },
  }
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function rotate(file: string): void {
  for (let number = olderFiles - 1; number >= 0; number -= 1) {
    const from = number === 0 ? file : `${file}.${number}`
    if (fs.existsSync(from)) fs.renameSync(from, `${file}.${number + 1}`)
  }
}
