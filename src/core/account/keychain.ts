import type { AppError } from '../../shared/errors.ts'
import { Failure } from '../failure.ts'

/** Where keys outlast the process: one entry for each API base. Every call may throw a `Failure` of a `keychain-` kind. */
export type Keychain = {
  /** The key kept for a base; null when it is certain that there is none. */
  readonly read: (base: string) => Promise<string | null>
  readonly write: (base: string, key: string) => Promise<void>
  /** Settles when it is certain that no key is kept for the base. */
  readonly remove: (base: string) => Promise<void>
}

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>

export type KeychainOptions = {
  /** Loads the addon, which throws where the system lacks the library under it. */
  readonly load?: () => Promise<Keytar>
  /** How long a call may take; a keychain may be waiting for a person. */
  readonly timeLimitMilliseconds?: number
  readonly platform?: NodeJS.Platform
}

const service = 'asteroid-files'
/** The entry that is written to find out whether anything can be. */
const probe = 'probe'

const messages = {
  'keychain-missing': 'No keychain could be used on this computer, so no key can be kept from one session to the next.',
  'keychain-locked': 'Your keychain is locked, or was not set up. Unlock it, and try again.',
  'keychain-slow': 'Your keychain did not answer. It may be waiting for you to unlock it: look for its window.',
} as const

/**
 * Opens the system's keychain by keytar, which is loaded at the first call.
 *
 * Calls take turns: each one occupies a thread for as long as a prompt is open, and there are only a few.
 */
export function createKeychain(options: KeychainOptions = {}): Keychain {
  const { load = loadKeytar, timeLimitMilliseconds = 15_000, platform = process.platform } = options
  const reads = new Map<string, Promise<string | null>>()
  /** The write that each base's entry is of. */
  const keptBy = new Map<string, symbol>()
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: (keytar: Keytar) => Promise<T>, isWanted = () => true): Promise<T> {
    const result = turn.then(async () => {
      if (!isWanted()) throw keychainFailure('keychain-slow')
      try {
        return await work(await load())
      } catch (thrown) {
        throw keychainFailure(kindOf(thrown), thrown)
      }
    })
    // Whoever asked hears of it; the next have their turn all the same.
    turn = result.catch(() => {})
    return result
  }

  async function inTime<T>(result: Promise<T>): Promise<T> {
    const { promise: timeUp, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(keychainFailure('keychain-slow')), timeLimitMilliseconds)
    try {
      return await Promise.race([result, timeUp])
    } finally {
      clearTimeout(timer)
      // After its time is up nobody waits for it any more.
      result.catch(() => {})
    }
  }

  /** On Linux a locked keyring answers as an empty one does; only a write tells them apart, by failing. */
  async function proveUnlocked(keytar: Keytar): Promise<void> {
    if (platform !== 'linux') return
    await keytar.setPassword(service, probe, probe)
    await keytar.deletePassword(service, probe)
  }

  return {
    read(base) {
      // Who asks again while a prompt is open waits for the answer to the first question.
      const reading =
        reads.get(base) ??
        inTurn(async (keytar) => {
          const key = await keytar.getPassword(service, base)
          if (key === null) await proveUnlocked(keytar)
          return key
        }).finally(() => reads.delete(base))
      reads.set(base, reading)
      return inTime(reading)
    },
    async write(base, key) {
      let wanted = true
      const mine = Symbol('a write')
      const written = inTurn(
        async (keytar) => {
          await keytar.setPassword(service, base, key)
          keptBy.set(base, mine)
        },
        () => wanted,
      )
      try {
        await inTime(written)
      } catch (thrown) {
        wanted = false
        // A prompt that is answered after all must not keep what the person was told is not kept. What they kept since, by
        // trying again, is another matter.
        const takeBack = async (keytar: Keytar) => {
          if (keptBy.get(base) === mine) await keytar.deletePassword(service, base)
        }
        // Where it came to nothing, there is nothing to take back.
        written.then(() => inTurn(takeBack)).catch(() => {})
        throw thrown
      }
    },
    async remove(base) {
      await inTime(
        inTurn(async (keytar) => {
          const removed = await keytar.deletePassword(service, base)
          if (!removed) await proveUnlocked(keytar)
        }),
      )
    },
  }
}

async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar')
  return keytar
}

type KeychainKind = keyof typeof messages

/** The addon gives no codes, only the system's own sentences: libsecret's and those of macOS. */
function kindOf(thrown: unknown): KeychainKind {
  const text = thrown instanceof Error ? thrown.message : ''
  return /locked|dismissed|Object does not exist at path|cancell?ed|interaction is not allowed|passphrase/i.test(text)
    ? 'keychain-locked'
    : 'keychain-missing'
}

function keychainFailure(kind: KeychainKind, cause?: unknown): Failure {
  if (cause instanceof Failure) return cause
  const error: AppError = { kind, message: messages[kind] }
  return new Failure(error, { cause })
}
