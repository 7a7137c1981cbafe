import { expect, test } from 'vitest'
import { wholeItems } from './use-whole-items.ts'

test.each([
  { ends: [44, 88, 132, 176, 220], most: 184, height: 176 },
  { ends: [44, 88], most: 184, height: 88 },
  { ends: [218, 262], most: 184, height: 184 },
  { ends: [], most: 184, height: 184 },
])('a list whose items end at $ends is $height high where $most fit', ({ ends, most, height }) => {
  expect(wholeItems(ends, most)).toBe(height)
})
