import { expect, test } from 'vitest'
import { createSpeed } from './speed.ts'

test('a slow beginning of tiny files tells nothing yet, and soon weighs little', () => {
  const speed = createSpeed()
  const told: number[] = []
  for (let now = 0; now <= 6_000; now += 250) {
    speed.add(now <= 500 ? 10_000 : 5_000_000)
    told.push(speed.value(now))
  }
  expect(told.filter((_, index) => index * 250 < 2_000)).toEqual(Array(8).fill(0))
  for (const value of told.slice(8)) expect(value).toBeGreaterThan(13_000_000)
  expect(told.at(-1)).toBeLessThan(20_500_000)
})

test('what no longer comes has no speed, and what comes anew is measured anew', () => {
  const speed = createSpeed()
  const measure = (from: number, to: number, bytes: number): number => {
    let value = 0
    for (let now = from; now <= to; now += 500) {
      speed.add(bytes)
      value = speed.value(now)
    }
    return value
  }
  expect(measure(0, 5_000, 1_000)).toBeCloseTo(2_000, -3)
  expect(measure(5_500, 60_000, 0)).toBe(0)
  speed.reset()
  expect(measure(70_000, 71_500, 1_000)).toBe(0)
  expect(measure(72_000, 75_000, 1_000)).toBeGreaterThan(1_900)
})
