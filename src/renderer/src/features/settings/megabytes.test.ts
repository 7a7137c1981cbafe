import { expect, test } from 'vitest'
import { inMegabytes, speedInMegabytes, speedOfMegabytes, wholeMegabytes } from './megabytes.ts'

test('a limit that an older version kept as a power of two is shown rounded', () => {
  expect([20 * 1_024 * 1_024, 20_000_000, 500_000, 0].map(inMegabytes)).toEqual(['21', '20', '0.5', '0'])
})

test('what is typed is kept as whole megabytes, and only nothing as never', () => {
  expect(['20', '20.6', '0.2', '0', '0.0'].map(wholeMegabytes)).toEqual([20_000_000, 21_000_000, 1_000_000, 0, 0])
})

test('a speed keeps two places, both ways', () => {
  expect([1_048_576, 250_000, 10_000].map(speedInMegabytes)).toEqual(['1.05', '0.25', '0.01'])
  expect(speedOfMegabytes('0.25')).toBe(250_000)
})
