import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type From, UsageError } from './arguments.ts'
import { openAccount } from './connect.ts'
import { exitStatus } from './exit-status.ts'
import type { Output } from './output.ts'

/** Keeps a key in the keychain; answers the exit status. Throws a `Failure`. */
export async function login(from: From, output: Output, signal: AbortSignal): Promise<number> {
  const account = openAccount(from)
  const { base, keptIn } = await account.status()
  if (keptIn === 'environment') output.say('ASTEROID_API_KEY is set, and is used instead of the key that is kept now.')
  const key = await readKey(`API key for ${base}: `, signal)
  if (key.trim() === '') throw new UsageError('There is no key on standard input.')
  const { verified } = await account.signIn(key, 'keychain')
  output.say(
    verified
      ? 'The key was accepted, and is kept in your keychain.'
      : 'The key is kept in your keychain. The API could not be reached to check it.',
  )
  return exitStatus.done
}

/** Forgets the key; answers the exit status. Throws a `Failure`. */
export async function logout(from: From, output: Output): Promise<number> {
  const { keptIn } = await openAccount(from).signOut()
  output.say('No key is kept in your keychain for this API.')
  if (keptIn === 'environment') output.say('ASTEROID_API_KEY is still set.')
  return exitStatus.done
}

/** The first line of standard input; on a terminal, asked for without showing it. */
async function readKey(question: string, signal: AbortSignal): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
  // In raw mode Ctrl-C is a key like any other, and the process hears of it from here only.
  lines.once('SIGINT', () => process.emit('SIGINT'))
  signal.addEventListener('abort', () => lines.close(), { once: true })
  // Only now: what is typed before the terminal was told to show nothing would be shown.
  if (isTerminal) process.stderr.write(question)
  try {
    for await (const line of lines) return line
    signal.throwIfAborted()
    return ''
  } finally {
    lines.close()
    process.stdin.unref?.()
    if (isTerminal) process.stderr.write('\n')
  }
}
