import { printableLines } from './printable.ts'

/** Where results and words go. Results are for programs, words for people. */
export type Output = {
  /** Prints one result on standard output, without what a terminal would obey; answers false once nobody reads them any more. Waits while the reader is slow. */
  readonly result: (line: string) => Promise<boolean>
  /** Says something on standard error. */
  readonly say: (text: string) => void
  /** Puts text on standard error as it stands, for a line that is drawn over. */
  readonly draw: (text: string) => void
  readonly isTerminal: boolean
  /** Settles when all results are with the reader, or nobody reads them. */
  readonly flush: () => Promise<void>
}

const bufferedCharacters = 32 * 1024

/** Writes to the process's own streams. A reader that leaves, as `head` does, is no fault. */
export function createOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  let isOpen = true
  let buffer = ''
  const whenClosed = Promise.withResolvers<void>()
  stdout.on('error', () => {
    isOpen = false
    whenClosed.resolve()
  })
  stderr.on('error', () => {})

  async function flush(): Promise<void> {
    if (buffer === '' || !isOpen) return
    const text = buffer
    buffer = ''
    const written = new Promise<void>((resolve) => stdout.write(text, () => resolve()))
    await Promise.race([written, whenClosed.promise])
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
    flush,
  }
}
