import { setImmediate as nextRound } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { loadClient } from './load-client.ts'

test('the client is loaded as it is, in parts between which others have their turn', async () => {
  let turns = 0
  let isLoaded = false
  const loading = loadClient().finally(() => {
    isLoaded = true
  })
  while (!isLoaded) {
    turns += 1
    await nextRound()
  }
  expect((await loading).createClient).toBe(createClient)
  expect(turns).toBeGreaterThan(5)
})
