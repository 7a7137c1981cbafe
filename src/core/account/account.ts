import type { Account } from '../../shared/models/account.ts'
import type { KeyCheck } from '../api/client.ts'
import { type Connection, parseBase } from '../api/request-policy.ts'
import { Failure } from '../failure.ts'
import type { Logger } from '../log/logger.ts'
import type { Keychain } from './keychain.ts'

export const defaultBase = 'https://odyssey.asteroid.ai/agents/v2'

/** The one account: which API it is on, and the key for it. Nothing that it answers but `connection` holds the key. */
export type AccountAccess = {
  /** Where things stand. Asks the keychain again when it failed before. Throws a `Failure` for an unsafe base. */
  readonly status: () => Promise<Account>
  /**
   * Takes a key that the API does not refuse. Throws a `Failure`: `invalid-input` for what can't be a key, `unauthorized`
   * for one that is refused, or a `keychain-` kind; then nothing has changed.
   */
  readonly signIn: (key: string, keep: 'keychain' | 'session') => Promise<Account>
  /** Forgets the key here and in the keychain. Throws a `keychain-` kind when it may still be kept there. */
  readonly signOut: () => Promise<Account>
  /** What a client needs. The key is null when there is none. */
  readonly connection: () => Promise<Connection>
}

export type AccountOptions = {
  /** The API's base as it is set now. */
  readonly base: () => string
  /** `ASTEROID_API_KEY` in it overrides every other key. */
  readonly environment: NodeJS.ProcessEnv
  readonly keychain: Keychain
  readonly log: Logger
  /** Tries a key on the API. */
  readonly checkKey?: (connection: Connection) => Promise<KeyCheck>
}

/** What is known of the key of one base. */
type Held = {
  readonly key: string | null
  readonly keptIn: Account['keptIn']
  readonly verified: boolean
  readonly problem: Account['problem']
}

const nothing: Held = { key: null, keptIn: 'nowhere', verified: false, problem: null }

/** Makes the keeper of the account. The keychain is asked when the key is first needed. */
export function createAccount(options: AccountOptions): AccountAccess {
  const { environment, keychain, log, checkKey = tryKey } = options
  const heldByBase = new Map<string, Held>()

  async function held(base: string, again: boolean): Promise<Held> {
    const known = heldByBase.get(base)
    if (known && !(again && known.key === null && known.problem !== null)) return known
    const found = fromEnvironment(environment) ?? (await fromKeychain(base))
    // Signing in while the keychain was still thinking counts more than its answer.
    if (heldByBase.get(base) === known) heldByBase.set(base, found)
    return heldByBase.get(base) ?? found
  }
  async function fromKeychain(base: string): Promise<Held> {
    try {
      const key = await keychain.read(base)
      return key === null ? nothing : { key, keptIn: 'keychain', verified: false, problem: null }
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      log.warn('The keychain could not be read.', { kind: thrown.error.kind, cause: String(thrown.cause ?? '') })
      return { ...nothing, problem: thrown.error }
    }
  }
  function describe(base: string, { key, keptIn, verified, problem }: Held): Account {
    return { base, signedIn: key !== null, keptIn, verified, problem }
  }

  return {
    async status() {
      const base = parseBase(options.base()).href
      return describe(base, await held(base, true))
    },
    async signIn(given, keep) {
      const base = parseBase(options.base())
      const key = checkForm(
        given,
        'That does not look like a key: a key is one word, without spaces or special characters. Paste it again.',
      )
      const check = await checkKey({ base, key })
      if (check === 'refused')
        throw new Failure({ kind: 'unauthorized', message: 'The API refused this key. Check it, and try again.' })
      if (keep === 'keychain') await keychain.write(base.href, key)
      const overriding = fromEnvironment(environment)
      // A key for the session leaves the keychain as it was.
      const problem = keep === 'session' ? (heldByBase.get(base.href)?.problem ?? null) : null
      const now: Held = overriding ?? { key, keptIn: keep, verified: check === 'accepted', problem }
      heldByBase.set(base.href, now)
      log.info('Signed in.', { base: base.href, keptIn: now.keptIn, check })
      return describe(base.href, now)
    },
    async signOut() {
      const base = parseBase(options.base()).href
      const before = await held(base, false)
      heldByBase.set(base, fromEnvironment(environment) ?? { ...nothing, problem: before.problem })
      try {
        await keychain.remove(base)
      } catch (thrown) {
        // Where there is no keychain, none of it can hold the key.
        const missing = thrown instanceof Failure && thrown.error.kind === 'keychain-missing'
        if (!missing || before.keptIn === 'keychain') throw thrown
      }
      log.info('Signed out.', { base })
      return describe(base, await held(base, false))
    },
    async connection() {
      const base = parseBase(options.base())
      return { base, key: (await held(base.href, false)).key }
    },
  }
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Held | null {
  const given = environment.ASTEROID_API_KEY?.trim()
  if (!given) return null
  const key = checkForm(
    given,
    'ASTEROID_API_KEY does not hold a key: a key is one word, without spaces or special characters.',
  )
  return { key, keptIn: 'environment', verified: false, problem: null }
}

/** A key travels in a header: what could not stand there is no key, most often half of a pasted sentence. */
function checkForm(given: string, message: string): string {
  const key = given.trim()
  if (/^[\x21-\x7e]{1,4096}$/.test(key)) return key
  throw new Failure({ kind: 'invalid-input', message })
}

async function tryKey(connection: Connection): Promise<KeyCheck> {
  const { createClient } = await import('../api/client.ts')
  const client = createClient(connection)
  try {
    return await client.checkKey(AbortSignal.timeout(15_000))
  } finally {
    await client.close()
  }
}
