import { expect, test, vi } from 'vitest'
import { createFakeApi } from '../testing/fake-api.ts'
import { aRun } from '../testing/open-run.ts'
import { createAppStore } from './app-store.ts'

const locked = { kind: 'keychain-locked', message: 'The keychain is locked.' } as const

test('a keychain that is locked is told, and the key can be kept for the session', async () => {
  const fake = createFakeApi({ signedIn: false })
  const { getState } = createAppStore(fake.api)
  fake.refuse('account:sign-in', locked)
  expect(await getState().signIn('secret', 'keychain')).toBe(false)
  expect(getState().signingIn).toEqual({ state: 'failed', error: locked })
  fake.refuse('account:sign-in', null)
  expect(await getState().signIn('secret', 'session')).toBe(true)
  expect(fake.callsOf('account:sign-in').at(-1)).toEqual({ key: 'secret', keep: 'session' })
})

test('the store never holds the key', async () => {
  const fake = createFakeApi({ signedIn: false })
  const { getState } = createAppStore(fake.api)
  await getState().signIn('a-secret-key', 'keychain')
  expect(JSON.stringify(getState())).not.toContain('a-secret-key')
})

test('a run that needed a key opens once there is one', async () => {
  const fake = createFakeApi({ signedIn: false })
  const { getState } = createAppStore(fake.api)
  fake.refuse('listing:open', { kind: 'key-missing', message: 'A key is needed.' })
  await getState().openExecution(aRun)
  fake.refuse('listing:open', null)
  await getState().signIn('secret', 'keychain')
  await vi.waitUntil(() => getState().listing?.executionId === aRun.executionId)
})
