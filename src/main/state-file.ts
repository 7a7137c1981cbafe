import fs from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import type { Logger } from '../core/log/logger.ts'

/** A small JSON file in the profile. */
export type StateFile<T> = {
  readonly read: () => T
  /** Settles when the new content is on disk, whole. Never rejects: a profile that can't be written is logged. */
  readonly write: (value: T) => Promise<void>
  /** Settles when nothing is still being written. */
  readonly settled: () => Promise<void>
  /** Writes before it answers: for the last moments of the process. */
  readonly writeNow: (value: T) => void
}

/** Opens a state file. What can't be read is kept aside as `NAME.broken`, and `fallback` is used in its place. */
export function openStateFile<T>(options: {
  readonly file: string
  readonly schema: z.ZodType<T>
  readonly fallback: () => T
  readonly log: Logger
}): StateFile<T> {
  const { file, schema, fallback, log } = options
  let writing: Promise<void> = Promise.resolve()

  async function writeWhole(value: T): Promise<void> {
    try {
      await fs.promises.mkdir(path.dirname(file), { recursive: true })
      // Loaded when it is first wanted, since every start waits for what stands above.
      const { default: writeFileAtomic } = await import('write-file-atomic')
      await writeFileAtomic(file, textOf(value), { mode: 0o600 })
    } catch (error) {
      log.error('A state file could not be written', { file, error })
    }
  }

  return {
    read() {
      const text = readText(file, log)
      if (text === null) return fallback()
      const parsed = schema.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      log.warn('A state file could not be understood, and was kept aside', { file })
      setAside(file, log)
      return fallback()
    },
    write(value) {
      // One after the other, so that the last value is what stays.
      writing = writing.then(() => writeWhole(value))
      return writing
    },
    settled: () => writing,
    writeNow(value) {
      const beside = `${file}.${process.pid}`
      try {
        fs.mkdirSync(path.dirname(file), { recursive: true })
        fs.writeFileSync(beside, textOf(value), { mode: 0o600, flush: true })
        fs.renameSync(beside, file)
      } catch (error) {
        log.error('A state file could not be written', { file, error })
        removeQuietly(beside)
      }
    },
  }
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // Why the state could not be written is in the log already.
  }
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function readText(file: string, log: Logger): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      log.warn('A state file could not be read', { file, error })
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function setAside(file: string, log: Logger): void {
  try {
    fs.renameSync(file, `${file}.broken`)
  } catch (error) {
    log.warn('A broken state file could not be kept aside', { file, error })
  }
}
