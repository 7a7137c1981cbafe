import { expect, test } from 'vitest'
import type { AppError } from '../../../shared/errors.ts'
import { ownRest, remedyFor } from './retry-policy.ts'

const attempted = { failures: 1, relists: 0, retryAfterSeconds: null, firstRetryMilliseconds: 100 }
const busy: AppError = { kind: 'server-error', status: 503, message: '' }

test('waits grow, up to half a minute, and half of each is chance', () => {
  const wait = (failures: number, random: number) =>
    remedyFor({ ...attempted, error: { kind: 'rate-limited', retryAfterSeconds: null, message: '' }, failures }, random)
  expect(wait(1, 0)).toMatchObject({ milliseconds: 50, sharedByHost: true })
  expect(wait(1, 1)).toMatchObject({ milliseconds: 100 })
  expect(wait(4, 1)).toMatchObject({ milliseconds: 800 })
  expect(wait(40, 1)).toMatchObject({ milliseconds: 30_000 })
})

test('a wait is never shorter than the server asked for, nor longer than an hour and a tenth', () => {
  const wait = (retryAfterSeconds: number, random: number) =>
    remedyFor({ ...attempted, error: busy, retryAfterSeconds }, random)
  expect(wait(7, 0)).toMatchObject({ milliseconds: 7_000 })
  // “At once” would be asked again and again without a rest.
  expect(wait(0, 0)).toMatchObject({ milliseconds: 100 })
  expect(wait(86_400, 1)).toMatchObject({ milliseconds: expect.closeTo(3_960_000) })
})

test('a server that sends nothing any more is given up, a patient one that says when is not', () => {
  expect(remedyFor({ ...attempted, error: busy, failures: 8 }, 0)).toEqual({ remedy: 'give-up' })
  const patient: AppError = { kind: 'rate-limited', retryAfterSeconds: 1, message: '' }
  expect(remedyFor({ ...attempted, error: patient, failures: 800 }, 0)).toMatchObject({ remedy: 'wait' })
})

test.each(['dns', 'network', 'refused'] as const)('what is out of reach (%s) is waited for without end', (cause) => {
  const error: AppError = { kind: 'offline', cause, message: '' }
  const wait = remedyFor({ ...attempted, error, failures: 800 }, 0)
  expect(wait).toMatchObject({ remedy: 'wait', reason: 'offline', sharedByHost: true })
})

test('a proxy that refuses is given up', () => {
  const error: AppError = { kind: 'offline', cause: 'proxy', message: '' }
  expect(remedyFor({ ...attempted, error, failures: 8 }, 0)).toEqual({ remedy: 'give-up' })
})

test('a file that alone is turned away again and again waits longer by itself', () => {
  expect([1, 8].map((refusals) => ownRest(refusals, 100, 1))).toEqual([0, 0])
  expect([9, 10, 40].map((refusals) => ownRest(refusals, 100, 1))).toEqual([100, 200, 30_000])
})
