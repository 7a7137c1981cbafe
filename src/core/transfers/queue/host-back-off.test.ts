import { expect, test } from 'vitest'
import { createHostBackOff } from './host-back-off.ts'

const url = 'https://storage.example/a'
const rest = (until: number) => ({ until, reason: 'rate-limited', message: '' }) as const

test('a rest holds for every file of the host until it is over, and a longer one stays', () => {
  const backOff = createHostBackOff()
  backOff.rest(url, rest(200))
  backOff.rest(url, rest(100))
  expect(backOff.restOf('https://storage.example/b', 199)).toEqual(rest(200))
  expect(backOff.restOf('https://other.example/b', 199)).toBeNull()
  expect(backOff.restOf(url, 200)).toBeNull()
})

test('requests that are turned away together count once, and what is sent in between starts the count anew', () => {
  const backOff = createHostBackOff()
  const refuse = (now: number) => {
    const count = backOff.onRefused(url, now)
    backOff.rest(url, rest(now + 10))
    return count
  }
  expect([refuse(0), refuse(1), refuse(2), refuse(20), refuse(40)]).toEqual([1, 1, 1, 2, 3])
  backOff.onServed('https://other.example/b')
  expect(refuse(60)).toBe(4)
  backOff.onServed('https://storage.example/b')
  expect(refuse(80)).toBe(1)
})
