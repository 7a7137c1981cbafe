import { expect, test } from 'vitest'
import { rehearsalFor } from './rehearsal.ts'

test('only a large listing is rehearsed for, in many steps that come to an end', () => {
  expect(rehearsalFor(99_999)).toBeNull()
  const steps = rehearsalFor(100_000)
  let count = 0
  while (steps?.next().done === false) count += 1
  expect(count).toBeGreaterThan(100)
})
