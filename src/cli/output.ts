import { errorCode, Failure } from '../core/failure.ts'
import { printableLines } from './printable.ts'

/** Where results and words go. Results are for programs, words for people. */
export type Output = {
  /**
   * Prints one result on standard output, without what a terminal would obey; answers false once nobody reads them any
   * more. Waits while the reader is slow. Throws a `Failure`, once, when results can't be written.
   */
  readonly result: (line: string) => Promise<boolean>
  /** Says something on standard error. */
  readonly say: (text: string) => void
  /** Puts text on standard error as it stands, for a line that is drawn over. */
  readonly draw: (text: string) => void
  readonly isTerminal: boolean
  /** How wide the terminal is now. */
  readonly columns: () => number
  /** Settles when all results are with the reader, or nobody reads them. Throws as `result` does. */
  readonly flush: () => Promise<void>
}

/** Of a terminal that does not tell its width. */
const usualColumns = 80
const bufferedCharacters = 32 * 1024

/** Writes to the process's own streams. A reader that leaves, as `head` does, is no fault. */
export function createOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  let isOpen = true
  let buffer = ''
  let fault: Failure | null = null
  const whenClosed = Promise.withResolvers<void>()
  function close(error: Error): void {
    if (isOpen && errorCode(error) !== 'EPIPE') fault = unwritten(error)
    isOpen = false
    whenClosed.resolve()
  }
  stdout.on('error', close)
  stderr.on('error', () => {})

  async function flush(): Promise<void> {
    if (buffer === '' || !isOpen) return
    const text = buffer
    buffer = ''
    const written = new Promise<void>((resolve) =>
      stdout.write(text, (error) => {
        if (error) close(error)
        resolve()
      }),
    )
    await Promise.race([written, whenClosed.promise])
    if (fault === null) return
    const thrown = fault
    fault = null
    throw thrown
  }

  return {
    async result(line) {
      buffer += `${printableLines(line)}\n`
      // A write for each line would be most of the work of printing 100,000 of them.
      if (buffer.length > bufferedCharacters) await flush()
      return isOpen
    },
    say: (text) => {
      stderr.write(`${printableLines(text)}\n`)
    },
    draw: (text) => {
      stderr.write(text)
    },
    isTerminal: stderr.isTTY === true,
    columns: () => stderr.columns || usualColumns,
    flush,
  }
}

function unwritten(error: Error): Failure {
  const code = errorCode(error)
  const why = code === 'ENOSPC' ? 'the disk is full' : code
  const message = `Standard output could not be written (${why}): it is incomplete.`
  return new Failure({ kind: 'disk', code, message }, { cause: error })
}
