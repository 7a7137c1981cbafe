import { createAccount } from '../core/account/account.ts'
import { createKeychain } from '../core/account/keychain.ts'
import { type AsteroidClient, createClient } from '../core/api/client.ts'
import { parseBase } from '../core/api/request-policy.ts'
import { Failure } from '../core/failure.ts'
import { silentLogger } from '../core/log/logger.ts'
import type { Source } from '../shared/models/execution.ts'
import type { From } from './arguments.ts'
import type { Output } from './output.ts'
import { patient } from './patient-client.ts'

/** An API to ask, and what must be ended afterwards. */
export type Connected = {
  readonly client: AsteroidClient
  readonly source: Source
  /** The sample's runs; null for an account. */
  readonly sampleRuns: readonly { readonly executionId: string; readonly label: string }[] | null
  readonly close: () => Promise<void>
}

/** Connects to the account's API with its key, or starts the sample. Throws a `Failure`. */
export async function connect(from: From, output: Output): Promise<Connected> {
  if (from.sample) {
    const { startSample } = await import('../core/sample/sample.ts')
    const sample = await startSample()
    const client = createClient({ base: parseBase(sample.base), key: sample.key })
    return {
      client,
      source: 'sample',
      sampleRuns: sample.runs.map(({ executionId, label }) => ({ executionId, label })),
      close: async () => {
        await client.close()
        await sample.close()
      },
    }
  }
  const account = openAccount(from)
  const { signedIn, problem } = await account.status()
  // Nothing that the API could answer would help.
  if (!signedIn) throw new Failure(problem ?? { kind: 'key-missing', message: 'There is no key yet.' })
  const client = createClient(await account.connection())
  return { client: patient(client, output), source: 'account', sampleRuns: null, close: client.close }
}

/** The account of an API base. */
export function openAccount({ baseUrl }: From) {
  return createAccount({
    base: () => baseUrl,
    environment: process.env,
    keychain: createKeychain(),
    log: silentLogger,
  })
}
