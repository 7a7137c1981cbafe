import fc from 'fast-check'
import { expect, test } from 'vitest'
import { squarify } from './squarify.ts'

const area = { x: 0, y: 0, width: 288, height: 140 }
const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })

test('the boxes fill the area, each by its share, and stay inside', () => {
  fc.assert(
    fc.property(sizes, (some) => {
      const items = some.toSorted((a, b) => b - a).map((size) => ({ size }))
      const total = some.reduce((sum, size) => sum + size, 0)
      const boxes = squarify(items, area)
      expect(boxes).toHaveLength(items.length)
      for (const { item, x, y, width, height } of boxes) {
        expect((width * height) / (area.width * area.height)).toBeCloseTo(item.size / total, 6)
        expect(x).toBeGreaterThanOrEqual(-1e-6)
        expect(y).toBeGreaterThanOrEqual(-1e-6)
        expect(x + width).toBeLessThanOrEqual(area.width + 1e-6)
        expect(y + height).toBeLessThanOrEqual(area.height + 1e-6)
      }
    }),
  )
})

test('what has no size has no box', () => {
  expect(squarify([{ size: 0 }], area)).toEqual([])
  expect(squarify([{ size: 4 }, { size: 0 }], area)).toHaveLength(1)
})
