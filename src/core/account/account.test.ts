import { expect, test } from 'vitest'
import type { KeyCheck } from '../api/client.ts'
import { Failure } from '../failure.ts'
import { silentLogger } from '../log/logger.ts'
import { startSample } from '../sample/sample.ts'
import { type AccountOptions, createAccount } from './account.ts'
import type { Keychain } from './keychain.ts'

const base = 'https://api.example/agents/v2'

function memoryKeychain(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries))
  const keychain: Keychain = {
    read: async (each) => kept.get(each) ?? null,
    write: async (each, key) => {
      kept.set(each, key)
    },
    remove: async (each) => {
      kept.delete(each)
    },
  }
  return { kept, keychain }
}
function failingKeychain(kind: 'keychain-missing' | 'keychain-locked'): Keychain {
  const fail = async () => {
    throw new Failure({ kind, message: kind })
  }
  return { read: fail, write: fail, remove: fail }
}
function accountWith(options: Partial<AccountOptions> & { readonly check?: KeyCheck }) {
  const { keychain } = memoryKeychain()
  const checkKey = async () => options.check ?? ('accepted' as const)
  return createAccount({ base: () => base, environment: {}, keychain, log: silentLogger, checkKey, ...options })
}

test('a kept key is found again, and belongs to its API base alone', async () => {
  const { keychain } = memoryKeychain({ [base]: 'kept-key' })
  let current = `${base}/`
  const account = accountWith({ keychain, base: () => current })
  expect(await account.status()).toEqual({ base, signedIn: true, keptIn: 'keychain', verified: false, problem: null })
  expect((await account.connection()).key).toBe('kept-key')
  current = 'https://other.example/agents/v2'
  expect((await account.connection()).key).toBeNull()
})

test('signing in keeps the key where it was asked to be kept', async () => {
  const { kept, keychain } = memoryKeychain()
  const account = accountWith({ keychain })
  expect(await account.signIn(' session-key\n', 'session')).toMatchObject({ keptIn: 'session', verified: true })
  expect(kept.size).toBe(0)
  expect(await account.signIn('kept-key', 'keychain')).toMatchObject({ signedIn: true, keptIn: 'keychain' })
  expect([...kept]).toEqual([[base, 'kept-key']])
})

test('a key that the API refuses changes nothing', async () => {
  const { kept, keychain } = memoryKeychain({ [base]: 'old-key' })
  const account = accountWith({ keychain, check: 'refused' })
  await expect(account.signIn('new-key', 'keychain')).rejects.toMatchObject({ error: { kind: 'unauthorized' } })
  expect([kept.get(base), (await account.connection()).key]).toEqual(['old-key', 'old-key'])
})

test('a key that could not be tried is taken, and said to be unverified', async () => {
  expect(await accountWith({ check: 'unknown' }).signIn('a-key', 'keychain')).toMatchObject({
    signedIn: true,
    verified: false,
  })
})

test.each(['', '  ', 'two words', 'line\nbreak', 'schlüssel', '“key”'])('%j is no key', async (key) => {
  await expect(accountWith({}).signIn(key, 'session')).rejects.toMatchObject({ error: { kind: 'invalid-input' } })
})

test('the key in the environment overrides, and outlives signing out', async () => {
  const { kept, keychain } = memoryKeychain({ [base]: 'kept-key' })
  const account = accountWith({ keychain, environment: { ASTEROID_API_KEY: 'environment-key' } })
  expect((await account.connection()).key).toBe('environment-key')
  expect(await account.signIn('other-key', 'session')).toMatchObject({ keptIn: 'environment' })
  expect(await account.signOut()).toMatchObject({ signedIn: true, keptIn: 'environment' })
  expect(kept.size).toBe(0)
})

test('what is no key in the environment is named, and never sent', async () => {
  const account = accountWith({ environment: { ASTEROID_API_KEY: 'two words' } })
  await expect(account.connection()).rejects.toMatchObject({
    error: { kind: 'invalid-input', message: expect.stringMatching(/^ASTEROID_API_KEY(?!.*two words)/) },
  })
})

test('signing out deletes the kept key', async () => {
  const { kept, keychain } = memoryKeychain({ [base]: 'kept-key' })
  const account = accountWith({ keychain })
  expect(await account.signOut()).toMatchObject({ signedIn: false, keptIn: 'nowhere' })
  expect([kept.size, (await account.connection()).key]).toEqual([0, null])
})

test('a keychain that fails is told, and a session goes on without it', async () => {
  const account = accountWith({ keychain: failingKeychain('keychain-missing') })
  expect(await account.status()).toMatchObject({ signedIn: false, problem: { kind: 'keychain-missing' } })
  await expect(account.signIn('a-key', 'keychain')).rejects.toMatchObject({ error: { kind: 'keychain-missing' } })
  expect((await account.status()).signedIn).toBe(false)
  expect(await account.signIn('a-key', 'session')).toMatchObject({ signedIn: true, keptIn: 'session' })
  expect(await account.signOut()).toMatchObject({ signedIn: false })
})

test('that there is no keychain stays known while a key is kept for the session, and after signing out', async () => {
  const account = accountWith({ keychain: failingKeychain('keychain-missing') })
  await account.status()
  await account.signIn('a-key', 'session')
  expect(await account.status()).toMatchObject({ keptIn: 'session', problem: { kind: 'keychain-missing' } })
  expect(await account.signOut()).toMatchObject({ signedIn: false, problem: { kind: 'keychain-missing' } })
})

test('signing out says so when a locked keychain may still hold the key', async () => {
  const account = accountWith({ keychain: failingKeychain('keychain-locked') })
  await account.signIn('a-key', 'session')
  await expect(account.signOut()).rejects.toMatchObject({ error: { kind: 'keychain-locked' } })
  expect((await account.connection()).key).toBeNull()
})

test('a keychain that was locked is asked again', async () => {
  const { keychain } = memoryKeychain({ [base]: 'kept-key' })
  let locked = true
  const read: Keychain['read'] = (each) =>
    locked ? failingKeychain('keychain-locked').read(each) : keychain.read(each)
  const account = accountWith({ keychain: { ...keychain, read } })
  expect(await account.status()).toMatchObject({ problem: { kind: 'keychain-locked' } })
  locked = false
  expect(await account.status()).toMatchObject({ signedIn: true, problem: null })
})

test('a keychain that answers late does not undo a sign-in', async () => {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const { keychain } = memoryKeychain()
  const account = accountWith({ keychain: { ...keychain, read: () => promise } })
  const status = account.status()
  await account.signIn('session-key', 'session')
  resolve('old-key')
  expect(await status).toMatchObject({ keptIn: 'session' })
  expect((await account.connection()).key).toBe('session-key')
})

test('no log line and no answer but the connection holds the key', async () => {
  const lines: unknown[] = []
  const write = (...line: unknown[]) => lines.push(line)
  const log = { debug: write, info: write, warn: write, error: write }
  const account = accountWith({ log })
  const answers = [await account.signIn('very-secret', 'keychain'), await account.status(), await account.signOut()]
  expect(lines.length).toBeGreaterThan(0)
  expect(JSON.stringify([answers, lines])).not.toContain('very-secret')
})

test('a key is tried on the API itself', async () => {
  const sample = await startSample()
  try {
    const { keychain } = memoryKeychain()
    const account = createAccount({ base: () => sample.base, environment: {}, keychain, log: silentLogger })
    await expect(account.signIn('wrong-key', 'keychain')).rejects.toMatchObject({ error: { kind: 'unauthorized' } })
    expect(await account.signIn(sample.key, 'keychain')).toMatchObject({ verified: true })
  } finally {
    await sample.close()
  }
})
