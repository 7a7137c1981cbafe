import { type AccountAccess, createAccount, defaultBase } from '../core/account/account.ts'
import { createKeychain } from '../core/account/keychain.ts'
import type { AsteroidClient } from '../core/api/client.ts'
import type { Logger } from '../core/log/logger.ts'
import type { Sample } from '../core/sample/sample.ts'
import type { Output } from '../shared/contract.ts'
import type { Account } from '../shared/models/account.ts'
import type { Source } from '../shared/models/execution.ts'
import { once } from './once.ts'
import type { SettingsStore } from './settings.ts'

/** Where executions are served from: the account's API, and the sample that this process serves itself. */
export type Connections = {
  readonly account: Pick<AccountAccess, 'status' | 'signIn' | 'signOut'>
  /** A client with the key and base as they are now; one that is handed out goes on working after they change. */
  readonly clientFor: (source: Source) => Promise<AsteroidClient>
  /** Starts the sample if need be, and answers its runs. */
  readonly sampleRuns: () => Promise<Output<'sample:list'>>
  /** Loads the client's code, which the first run to be opened would wait for. */
  readonly prepare: () => Promise<void>
  readonly close: () => Promise<void>
}

export function connect(options: {
  readonly settings: SettingsStore
  /** Hears of every key, so that no log ever shows it. */
  readonly hide: (secret: string) => void
  readonly onAccountChange: (account: Account) => void
  readonly log: Logger
}): Connections {
  const { settings, hide, onAccountChange, log } = options
  const base = () => process.env.ASTEROID_BASE_URL || settings.get().baseUrl || defaultBase
  const access = createAccount({ base, environment: process.env, keychain: createKeychain(), log })
  const clients = new Map<string, AsteroidClient>()
  const clientCode = once(async () => (await import('../core/api/load-client.ts')).loadClient())

  const sample = once(async (): Promise<Sample> => {
    const { startSample } = await import('../core/sample/sample.ts')
    const started = await startSample()
    hide(started.key)
    return started
  })

  async function connectionOf(source: Source) {
    if (source === 'account') return access.connection()
    const { parseBase } = await import('../core/api/request-policy.ts')
    const { base: sampleBase, key } = await sample()
    return { base: parseBase(sampleBase), key }
  }

  async function told(change: Promise<Account>): Promise<Account> {
    const account = await change
    onAccountChange(account)
    return account
  }

  return {
    account: {
      status: access.status,
      signIn(key, keep) {
        hide(key.trim())
        return told(access.signIn(key, keep))
      },
      signOut: () => told(access.signOut()),
    },
    async clientFor(source) {
      const connection = await connectionOf(source)
      if (connection.key) hide(connection.key)
      const name = `${connection.base.href} ${connection.key}`
      const known = clients.get(name)
      if (known) return known
      const { createClient } = await clientCode()
      const client = clients.get(name) ?? createClient(connection)
      clients.set(name, client)
      return client
    },
    async prepare() {
      await clientCode()
    },
    // By the name that the listing has, too, so that it stays the same once the run is open.
    sampleRuns: async () =>
      (await sample()).runs.map(({ executionId, agentName }) => ({ executionId, label: agentName })),
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
      if (sample.started()) await (await sample()).close()
    },
  }
}
