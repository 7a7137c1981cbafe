import { createHash } from 'node:crypto'
import type { directoryNames } from '../../shared/models/execution.ts'

export type Directory = (typeof directoryNames)[number]

/** The bytes of a sample file, which need not all be in memory at once. */
export type SampleContent = {
  /** Bytes. */
  readonly size: number
  /** Differs whenever the bytes do. */
  readonly version: string
  /** MD5 of the whole, in base64 as storage gives it; null where the bytes are made as they are read. */
  readonly md5: string | null
  /** The bytes of `[from, to)`, in pieces. */
  readonly read: (from: number, to: number) => Iterable<Uint8Array>
}

export type SampleFile = {
  /** A UUID. */
  readonly id: string
  readonly directory: Directory
  readonly filePath: string
  readonly fileName: string
  /** Null where the agent's system did not know it. */
  readonly mimeType: string | null
  readonly createdBy: 'user' | 'agent' | 'environment' | 'system'
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly content: SampleContent
}

/** One execution of the embedded sample. A file's existence and content may depend on the moment of the call. */
export type SampleRun = {
  readonly executionId: string
  readonly agentId: string
  /** For a person who chooses among the runs. */
  readonly label: string
  readonly agentName: string
  readonly createdAt: number
  readonly status: () => string
  /** Milliseconds since 1970; null while the run goes on. */
  readonly endedAt: () => number | null
  readonly files: (directory: Directory) => Iterable<SampleFile>
  readonly file: (id: string) => SampleFile | null
  /** Milliseconds since 1970. */
  readonly lastUpdated: () => number
}

/** Content that is held in memory: for what is small. */
export function contentOf(bytes: Uint8Array | string): SampleContent {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const digest = createHash('md5').update(whole).digest()
  return {
    size: whole.byteLength,
    version: digest.toString('hex'),
    md5: digest.toString('base64'),
    read: (from, to) => [whole.subarray(from, to)],
  }
}

/** A UUID that is always the same for the same words. */
export function uuidOf(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
