import { expect, test } from 'vitest'
import type { AsteroidClient } from '../core/api/client.ts'
import { Failure } from '../core/failure.ts'
import { clientOf } from '../core/transfers/memory-source.fixture.ts'
import { patient } from './patient-client.ts'

const answer = { body: (async function* () {})() }

/** A client that asks for patience so many times, and what it then comes to. */
async function ask(refusals: number, retryAfterSeconds: number | null) {
  let asked = 0
  const openListing: AsteroidClient['openListing'] = async () => {
    asked += 1
    if (asked > refusals) return answer
    throw new Failure({ kind: 'rate-limited', retryAfterSeconds, message: 'later' })
  }
  const connection = { base: new URL('https://api.example'), key: null }
  const said: string[] = []
  const waits: number[] = []
  const wait = async (seconds: number) => void waits.push(seconds)
  const client = patient({ ...clientOf(connection), openListing }, { say: (text) => said.push(text) }, wait)
  const outcome = await client.openListing('x').then(
    () => 'listed',
    (thrown) => (thrown instanceof Failure ? thrown.error.kind : 'unexpected'),
  )
  return { outcome, asked, said, waits }
}

test('a short wait that the API asks for is said and made', async () => {
  expect(await ask(2, 7)).toEqual({
    outcome: 'listed',
    asked: 3,
    said: Array.from({ length: 2 }, () => 'The API asks you to wait. Trying again in 7 seconds.'),
    waits: [7, 7],
  })
})

test('where no time is named, or none at all, it is not asked again at once', async () => {
  expect(await ask(1, null)).toMatchObject({ outcome: 'listed', waits: [5] })
  expect(await ask(1, 0)).toMatchObject({ outcome: 'listed', waits: [1] })
})

test('long or endless waits are left to the person', async () => {
  expect(await ask(1, 86_400)).toMatchObject({ outcome: 'rate-limited', waits: [] })
  expect(await ask(100, 50)).toMatchObject({ outcome: 'rate-limited', waits: [50, 50] })
  expect(await ask(100, 1)).toMatchObject({ outcome: 'rate-limited', waits: [1, 1, 1, 1, 1] })
})
